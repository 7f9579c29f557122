package io.coffer.crypto;

import static io.coffer.crypto.Secrets.CONTEXT;
import static io.coffer.crypto.Secrets.INNER;
import static io.coffer.crypto.Secrets.base64;
import static io.coffer.crypto.Secrets.keys;
import static io.coffer.crypto.Secrets.opens;
import static io.coffer.crypto.Secrets.refusal;
import static io.coffer.crypto.Secrets.variable;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.KeyProvider;
import io.coffer.spi.WrappedKey;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {
    private static final Argon2Costs LEAST = new Argon2Costs(19_456, 2, 1);
    private static final String WORDS = "correct horse battery staple";

    @TempDir
    Path folder;

    private static Passphrase of(String words) {
        return new Passphrase(
                new TextReader(variable("ACME_PASSPHRASE", words), TextReader.Form.PASSPHRASES), LEAST, null);
    }

    private Passphrase at(Path path) {
        return Passphrase.ofFile(path).withCosts(19_456, 2, 1);
    }

    @Test
    void unwrap_byTheSamePassphrase_isTheKey() {
        var wrapped = of(WORDS).wrap(INNER, CONTEXT);

        assertThat(opens(of(WORDS), wrapped)).isTrue();
    }

    @Test
    void unwrap_byAnother_namesTheIdAndNoPassphrase() {
        var wrapped = of(WORDS).wrap(INNER, CONTEXT);

        assertThat(refusal(() -> of("hunter2 hunter2 hunter2").unwrap(wrapped, CONTEXT)))
                .startsWith("Environment variable ACME_PASSPHRASE makes the key ")
                .contains(", not " + wrapped.keyId() + ": it is another passphrase")
                .doesNotContain("hunter2");
    }

    @Test
    void keyId_inTwoProcesses_isTwo() {
        assertThat(of(WORDS).keyId())
                .as("of a salt of its own")
                .isNotEqualTo(of(WORDS).keyId());
    }

    @Test
    void wrap_afterUnwrap_takesTheSameSalt() {
        var wrapped = of(WORDS).wrap(INNER, CONTEXT);
        var later = of(WORDS);
        opens(later, wrapped);

        assertThat(later.keyId()).isEqualTo(wrapped.keyId());
        assertThat(later.wrap(INNER, CONTEXT).keyId()).isEqualTo(wrapped.keyId());
    }

    @Test
    void unwrap_withOtherCosts_isDoneButNotImitated() {
        var cheap = of(WORDS).wrap(INNER, CONTEXT);
        var dear = of(WORDS).withCosts(20_000, 2, 2);

        assertThat(opens(dear, cheap)).isTrue();
        assertThat(dear.wrap(INNER, CONTEXT).keyId()).isNotEqualTo(cheap.keyId());
    }

    @Test
    void unwrap_afterClose_derivesAnew() {
        var passphrase = of(WORDS);
        var wrapped = passphrase.wrap(INNER, CONTEXT);
        passphrase.close();

        assertThat(opens(passphrase, wrapped)).isTrue();
    }

    @Test
    void unwrap_afterAWrongOne_stillSucceeds() {
        var passphrase = of(WORDS);
        var wrapped = passphrase.wrap(INNER, CONTEXT);
        var foreign = new WrappedKey("0123456789abcdef", wrapped.bytes());

        refusal(() -> passphrase.unwrap(foreign, CONTEXT));

        assertThat(opens(passphrase, wrapped)).isTrue();
    }

    @Test
    void unwrap_whatAFileWraps_isRefused() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);

        assertThat(refusal(() -> of(WORDS).unwrap(wrapped, CONTEXT))).contains("was not made from one");
        refusal(() -> keys(base64(1)).unwrap(of(WORDS).wrap(INNER, CONTEXT), CONTEXT));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 2 << 20, -1, 8})
    void unwrap_costsThatAreTooHighOrLow_isRefusedAtOnce(int memoryKib) {
        var wrapped = of(WORDS).wrap(INNER, CONTEXT);
        ByteBuffer.wrap(wrapped.bytes()).putInt(1, memoryKib);

        assertThat(refusal(() -> of(WORDS).unwrap(wrapped, CONTEXT))).contains("memory in KiB is " + memoryKib);
    }

    @Test
    void unwrap_anyByteOfTheHeaderChanged_isRefused() {
        var wrapped = of(WORDS).wrap(INNER, CONTEXT);
        var passphrase = of(WORDS);

        for (int i : new int[] {0, 4, 5, 6, 7, 22, 23, wrapped.bytes().length - 1}) {
            var changed = wrapped.bytes().clone();
            changed[i] ^= 1;
            refusal(() -> passphrase.unwrap(new WrappedKey(wrapped.keyId(), changed), CONTEXT));
        }
    }

    @Test
    void unwrap_file_isReadAnewAndMayHaveSeveral() throws IOException {
        var path = Files.writeString(folder.resolve("passphrase"), WORDS + "\n");
        var passphrase = at(path);
        var old = passphrase.wrap(INNER, CONTEXT);

        Files.writeString(path, "a new passphrase of mine\r\n" + WORDS + "\r\n");
        var renewed = passphrase.wrap(INNER, CONTEXT);

        assertThat(renewed.keyId()).isNotEqualTo(old.keyId());
        assertThat(opens(passphrase, old)).isTrue();
        Files.writeString(path, "a new passphrase of mine");
        assertThat(opens(at(path), renewed)).isTrue();
        refusal(() -> at(path).unwrap(old, CONTEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "short words", "correct horse battery staple\nhunter2"})
    void keyId_shortPassphrase_isRefused(String words) {
        assertThat(refusal(() -> of(words).keyId()))
                .contains("expected 12 to 4096")
                .doesNotContain("hunter2");
    }

    @Test
    void keyId_manyLines_areRefused() {
        assertThat(refusal(() -> of((WORDS + "\n").repeat(5)).keyId())).contains("more than 4 lines");
        assertThat(refusal(() -> of("\n\n").keyId())).contains("is empty; expected a passphrase");
    }

    @Test
    void toString_passphrase_namesThePlace() {
        assertThat(Passphrase.ofVariable("ACME")).hasToString("environment variable ACME");
        assertThat(Passphrase.ofFile(Path.of("/etc/words"))).hasToString("passphrase file /etc/words");
        assertThat(Passphrase.ofVariable("ACME")).isEqualTo(Passphrase.ofVariable("ACME"));
        assertThat(Passphrase.ofVariable("ACME"))
                .isNotEqualTo(Passphrase.ofVariable("ACME").withCosts(20_000, 2, 2));
    }

    @Test
    void keyId_withoutBouncyCastle_namesTheDependency() throws Exception {
        var path = Files.writeString(folder.resolve("passphrase"), WORDS);
        var own = new URL[] {
            Passphrase.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (var loader = new WithoutBouncyCastle(own)) {
            var passphrase = (KeyProvider) loader.loadClass(Passphrase.class.getName())
                    .getMethod("ofFile", Path.class)
                    .invoke(null, path);

            assertThat(refusal(passphrase::keyId)).contains("add the dependency org.bouncycastle:bcprov-jdk18on");
        }
    }

    /** Defines the classes of this package anew, and does not find those of Bouncy Castle. */
    private static final class WithoutBouncyCastle extends URLClassLoader {
        WithoutBouncyCastle(URL[] own) {
            super(own, PassphraseTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.bouncycastle.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.coffer.crypto.")) {
                var known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
            return super.loadClass(name, resolve);
        }
    }
}
