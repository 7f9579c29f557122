package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of caches: one each, on every file system. */
class FolderNameTest {
    private static final long SEED = Long.getLong("coffer.seed", 4_711);
    private static final int NAMES = 20_000;

    /** What Windows forbids: these characters, a dot or a space at the end, and names of devices with any ending. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("(?i).*[<>:\"/\\\\|?*\\x00-\\x1f].*|.*[. ]|\\..*|(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?|");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "books | books",
                "com.acme.orders_v2-eu | com.acme.orders_v2-eu",
                "Books | %42ooks",
                "com.acme.Book##NaturalId | com.acme.%42ook%23%23%4eatural%49d",
                "a b | a%20b",
                "a/../b | a%2f..%2fb",
                "100% | 100%25",
                "ü | %c3%bc",
                "\uD83D\uDE00 | %f0%9f%98%80",
                ". | %2e",
                ".. | %2e%2e",
                "... | %2e.%2e",
                ".git | %2egit",
                "books. | books%2e",
                "con | %63on",
                "CON | %43%4f%4e",
                "nul.txt | %6eul.txt",
                "com1 | %63om1",
                "com10 | com10",
                "console | console"
            })
    void of_anyName_isPercentEncoded(String cacheName, String folder) {
        assertThat(FolderName.of(cacheName)).isEqualTo(folder);
    }

    @Test
    void of_emptyName_isOnePercentSign() {
        assertThat(FolderName.of("")).isEqualTo("%");
    }

    @Test
    void of_halfOfASurrogatePair_hasItsOwnCode() {
        assertThat(FolderName.of("a\uD800b")).isEqualTo("a%ud800b");
        assertThat(FolderName.of("a\uD801b")).isEqualTo("a%ud801b");
        assertThat(FolderName.of("a?b")).isEqualTo("a%3fb");
    }

    @Test
    void of_longNames_endInADigestOfTheWhole() {
        var name = "n".repeat(300);

        assertThat(FolderName.of("n".repeat(150))).isEqualTo("n".repeat(150));
        assertThat(FolderName.of(name)).hasSize(146).startsWith("n".repeat(80) + "%~");
        assertThat(FolderName.of(name)).isNotEqualTo(FolderName.of(name + "n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"books", "", "..", "CON", "a/b", "ü", "a:b*c?d|e<f>g\"h\\i"})
    void of_anyName_isOneNameInTheDirectory(String cacheName) {
        var directory = Path.of("data");
        var folder = directory.resolve(FolderName.of(cacheName));

        assertThat(folder.normalize()).isEqualTo(folder);
        assertThat(folder.getParent()).isEqualTo(directory);
    }

    /** Windows and macOS fold upper and lower case, macOS also composed and decomposed letters. */
    @Test
    void of_manyNames_areValidAndDifferForFileSystemsThatFold() {
        var pieces = List.of(
                "a",
                "A",
                "ä",
                "Ä",
                "a\u0308",
                "ß",
                "SS",
                "ı",
                "I",
                "i",
                "İ",
                ".",
                " ",
                "%",
                "%41",
                "%61",
                "~",
                "%~",
                "%u",
                "/",
                "\\",
                "con",
                "Com1",
                "nul",
                "_",
                "-",
                "\uD800",
                "\uDC00",
                "?",
                "0",
                "\0",
                "x".repeat(70));
        var owners = new HashMap<String, String>();
        var random = new Random(SEED);
        for (int i = 0; i < NAMES; i++) {
            var name = new StringBuilder();
            for (int left = random.nextInt(5); left >= 0; left--) {
                name.append(pieces.get(random.nextInt(pieces.size())));
            }
            var folder = FolderName.of(name.toString());
            var folded = Normalizer.normalize(folder.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
            var owner = owners.putIfAbsent(folded, name.toString());

            assertThat(folder).as("seed %s", SEED).hasSizeLessThanOrEqualTo(150).matches(FolderNameTest::isValid);
            assertThat(owner == null || owner.contentEquals(name))
                    .as("seed %s: %s serves two names", SEED, folder)
                    .isTrue();
        }
        assertThat(owners).as("different names").hasSizeGreaterThan(NAMES / 2);
    }

    private static boolean isValid(String folder) {
        return folder.chars().allMatch(character -> character < 0x7f)
                && !FORBIDDEN.matcher(folder).matches();
    }
}
