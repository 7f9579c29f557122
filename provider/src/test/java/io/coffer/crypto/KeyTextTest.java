package io.coffer.crypto;

import static io.coffer.crypto.Secrets.base64;
import static io.coffer.crypto.Secrets.hex;
import static io.coffer.crypto.Secrets.key;
import static io.coffer.crypto.Secrets.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    static List<String> spellings() {
        var url = Base64.getUrlEncoder().encodeToString(key(230));
        return List.of(
                base64(230),
                url,
                url.replace("=", ""),
                hex(230),
                hex(230).toUpperCase(Locale.ROOT),
                "  " + base64(230) + "\n",
                "\r\n" + base64(230) + "\r\n",
                "# made in May\n" + base64(230) + "\n# keep it\n");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void keys_oneKey_isRead(String text) {
        assertThat(KeyText.keys("file", text.getBytes(UTF_8))).singleElement().isEqualTo(key(230));
    }

    @Test
    void keys_several_areReadInOrder() {
        var text = base64(1) + "\n" + hex(2) + ", " + base64(3) + "\n";

        assertThat(KeyText.keys("file", text.getBytes(UTF_8))).containsExactly(key(1), key(2), key(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | File is empty; expected base64 or hex",
                "'# only words' | File is empty;",
                "hunter2 | File, key 1: found 7 characters that are neither base64 nor hex",
                "correct-horse-battery-staple-and-some-more- | found 43 characters that are neither",
                "'hunter2!' | A password is no key: set passphraseFile or passphraseEnv",
                "MDEyMzQ1Njc4OWFiY2RlZg== | File, key 1: found base64 or hex of 16 bytes; expected base64 or hex of exactly 32",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= | found 32 times the same byte",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB= | that are neither base64 nor hex of whole bytes"
            })
    void keys_whatIsNoKey_isRefused(String text, String expected) {
        assertThat(refusal(() -> KeyText.keys("file", text.getBytes(UTF_8)))).contains(expected);
    }

    @Test
    void keys_secondIsNone_isNamedButNotShown() {
        var message = refusal(() -> KeyText.keys("file", (base64(1) + "\nhunter2").getBytes(UTF_8)));

        assertThat(message).contains("File, key 2").doesNotContain("hunter2").doesNotContain(base64(1));
    }

    @Test
    void keys_seventeen_areRefused() {
        var text = (base64(1) + "\n").repeat(17);

        assertThat(refusal(() -> KeyText.keys("file", text.getBytes(UTF_8)))).contains("more than 16 keys");
    }

    /** As {@code openssl rand 32} writes it; also with bytes in it that end a line, or are a comma. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200, 230})
    void keys_rawBytesOfAKey_areToldHowToBeWritten(int first) {
        assertThat(refusal(() -> KeyText.keys("file", key(first))))
                .isEqualTo("File holds 32 raw bytes; write them as base64 (the command base64 does) or hex.");
    }

    @Test
    void keys_otherBinary_isRefused() {
        var more = Arrays.copyOf(key(200), 33);

        assertThat(refusal(() -> KeyText.keys("file", more))).contains("neither base64 nor hex");
    }

    /** What somebody may have typed is no random key, be it as long as one. */
    @ParameterizedTest
    @ValueSource(strings = {"correct.horse.battery.staple.yes", "größter-Übermut-kommt-zu-Fall"})
    void keys_passwordOf32Bytes_isNotTakenForRawBytes(String words) {
        assertThat(words.getBytes(UTF_8)).hasSize(32);
        assertThat(refusal(() -> KeyText.keys("file", words.getBytes(UTF_8)))).contains("A password is no key");
    }

    @Test
    void isKey_keysAndOthers_areToldApart() {
        assertThat(List.of(base64(7), hex(7), " " + base64(7))).allMatch(KeyText::isKey);
        assertThat(List.of("", "COFFER_KEY", "/run/secrets/coffer.key", "hunter2"))
                .noneMatch(KeyText::isKey);
    }
}
