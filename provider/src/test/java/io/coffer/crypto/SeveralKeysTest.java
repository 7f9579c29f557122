package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreException;
import io.coffer.spi.WrappedKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static final class Failing implements KeyProvider, Closeable {
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
