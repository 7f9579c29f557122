package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreException;
import io.coffer.spi.WrappedKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Keys for tests, and what is asked of those who hold them. */
final class Secrets {
    static final byte[] INNER = key(100);
    static final byte[] CONTEXT = "store 1".getBytes(US_ASCII);

    private Secrets() {}

    /** Returns 32 bytes that count from a first one. */
    static byte[] key(int first) {
        var key = new byte[Algorithms.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i);
        }
        return key;
    }

    static String base64(int first) {
        return Base64.getEncoder().encodeToString(key(first));
    }

    static String hex(int first) {
        return HexFormat.of().formatHex(key(first));
    }

    static Variable variable(String name, String value) {
        var all = Map.of(name, value);
        return new Variable(name, all::get);
    }

    static LocalKeys keys(String text) {
        return KeyVariable.of(variable("ACME_KEY", text));
    }

    static boolean opens(KeyProvider provider, WrappedKey wrapped) {
        return java.util.Arrays.equals(provider.unwrap(wrapped, CONTEXT), INNER);
    }

    /** Runs what must fail for want of a key, and returns the message. */
    static String refusal(ThrowingCallable action) {
        var failure = catchThrowable(action);
        Assertions.assertThat(failure)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> Assertions.assertThat(refused.kind()).isEqualTo(StoreException.Kind.KEY));
        return failure.getMessage();
    }
}
