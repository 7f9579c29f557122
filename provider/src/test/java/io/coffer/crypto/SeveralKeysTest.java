package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreException;
import io.coffer.spi.WrappedKey;
import io.coffer.testing.CapturedLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralKeysTest {
    private static final byte[] KEY = new byte[Algorithms.KEY_BYTES];
    private static final byte[] CONTEXT = {1, 2, 3};

    @TempDir
    Path folder;

    private KeyProvider former;
    private KeyProvider passphrase;

    @BeforeEach
    void makeHolders() throws IOException {
        former = KeyFile.at(folder.resolve("former.key"));
        KeyFile.create(folder.resolve("former.key"));
        var words = folder.resolve("words");
        Files.writeString(words, "correct horse battery staple");
        Files.setPosixFilePermissions(words, PosixFilePermissions.fromString("rw-------"));
        passphrase = Passphrase.ofFile(words).withCosts(19_456, 2, 1);
    }

    /** From a key file to a passphrase: what the file has wrapped is unwrapped until it was wrapped anew. */
    @Test
    void unwrap_firstOfAnotherKind_isLeftToTheNext() {
        var wrapped = former.wrap(KEY, CONTEXT);
        var both = SeveralKeys.of(passphrase, former);

        assertThat(both.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
        var anew = both.wrap(KEY, CONTEXT);
        assertThat(both.keyId()).isEqualTo(passphrase.keyId()).isEqualTo(anew.keyId());
        assertThat(passphrase.unwrap(anew, CONTEXT)).isEqualTo(KEY);
        assertThat(SeveralKeys.of(former, passphrase).unwrap(anew, CONTEXT)).isEqualTo(KEY);
    }

    @Test
    void unwrap_firstCanDoIt_doesNotAskTheNext() {
        var both = SeveralKeys.of(former, KeyFile.at(folder.resolve("missing")));

        assertThat(both.unwrap(former.wrap(KEY, CONTEXT), CONTEXT)).isEqualTo(KEY);
    }

    /** What is only needed to wrap anew is missed on the day when that is urgent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unwrap_firstCannotBeUsed_isWarnedOfOnce(boolean isPassphrase) {
        var missing = folder.resolve("missing");
        var first = isPassphrase ? Passphrase.ofFile(missing) : KeyFile.at(missing);
        var both = SeveralKeys.of(first, former);
        var wrapped = former.wrap(KEY, CONTEXT);

        try (var log = new CapturedLog()) {
            assertThat(both.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
            assertThat(both.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);

            assertThat(log.warnings()).singleElement().asString().isEqualTo(message(first, missing));
        }
    }

    private String message(KeyProvider first, Path missing) {
        var kind = first instanceof Passphrase ? "Passphrase" : "Key";
        var setting = first instanceof Passphrase ? "key.passphraseFile" : "key.file";
        return "Outer key 1 of 2, " + first + ", cannot be used: " + kind + " file " + missing
                + " does not exist; put it there, or set " + setting + ". Outer key 2 of 2, " + former
                + ", has opened a store instead. Mend the other before it is needed, or take it out of the"
                + " configuration.";
    }

    /** So it is from the moment when a new key was put first until a store was wrapped anew. */
    @Test
    void unwrap_firstIsOnlyAnotherKey_isNotWarnedOf() {
        var other = folder.resolve("other.key");
        KeyFile.create(other);
        var several = SeveralKeys.of(KeyFile.at(other), passphrase, former);

        try (var log = new CapturedLog()) {
            assertThat(several.unwrap(former.wrap(KEY, CONTEXT), CONTEXT)).isEqualTo(KEY);

            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void unwrap_firstIsNotOurs_isWarnedOfIfItHasNoKey() {
        var several = SeveralKeys.of(new Refusing(), former);

        try (var log = new CapturedLog()) {
            assertThat(several.unwrap(former.wrap(KEY, CONTEXT), CONTEXT)).isEqualTo(KEY);

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("Outer key 1 of 2, a key service, cannot be used: java.lang.IllegalStateException: no"
                            + " network. Outer key 2 of 2, ");
        }
    }

    @Test
    void unwrap_nobodyCan_saysWhatAllSay() {
        var wrapped = new WrappedKey("0123456789abcdef", new byte[61]);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SeveralKeys.of(passphrase, former).unwrap(wrapped, CONTEXT))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.KEY))
                .withMessageContaining(
                        "has a passphrase, but the key 0123456789abcdef was not made from one. Key file ")
                .withMessageContaining("not 0123456789abcdef.");
    }

    @Test
    void unwrap_nextFailsOtherwise_isThatFailure() {
        var failing = new Failing();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> SeveralKeys.of(former, failing).unwrap(new WrappedKey("k", new byte[61]), CONTEXT))
                .withMessage("no network");
    }

    @Test
    void close_always_closesThoseThatCanBe() {
        var failing = new Failing();

        SeveralKeys.of(former, failing, new Failing()).close();

        assertThat(failing.closed).hasValue(1);
    }

    @Test
    void withJcaProvider_always_reachesAllOfOurs() {
        var failing = new Failing();
        var all = SeveralKeys.withJcaProvider(SeveralKeys.of(former, failing), "SunJCE");

        assertThat(all)
                .isEqualTo(SeveralKeys.of(((LocalKeys) former).withJcaProvider("SunJCE"), failing))
                .hasSameHashCodeAs(SeveralKeys.of(((LocalKeys) former).withJcaProvider("SunJCE"), failing))
                .isNotEqualTo(SeveralKeys.of(former, failing));
        assertThat(all.toString()).startsWith("key file ").contains(", then ");
    }

    /** Says that it has not the key that is asked for, and that it has none. */
    private static final class Refusing extends Failing {
        @Override
        public byte[] unwrap(WrappedKey wrapped, byte[] context) {
            throw new StoreException(StoreException.Kind.KEY, "Not ours.");
        }

        @Override
        public String toString() {
            return "a key service";
        }
    }

    private static class Failing implements KeyProvider, Closeable {
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public String keyId() {
            throw new IllegalStateException("no network");
        }

        @Override
        public WrappedKey wrap(byte[] key, byte[] context) {
            throw new IllegalStateException("no network");
        }

        @Override
        public byte[] unwrap(WrappedKey wrapped, byte[] context) {
            throw new IllegalStateException("no network");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
