package io.coffer.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that can be wiped, which those of the JDK cannot. Whoever encrypts with it gets a copy, as the JCA wants it; SunJCE wipes that copy
 * but for the key schedule it makes of it. Safe for use by several threads.
 */
final class SecretBytes implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final String algorithm;
    private transient volatile boolean destroyed;

    /** Takes the bytes as they are. */
    SecretBytes(byte[] bytes, String algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        var copy = bytes.clone();
        if (destroyed) { // looked at last: what was copied while it was wiped is no key
            Arrays.fill(copy, (byte) 0);
            throw wiped(null);
        }
        return copy;
    }

    /** Returns what to throw when a key is used that was wiped. */
    static IllegalStateException wiped(@Nullable Throwable cause) {
        return new IllegalStateException("The store is closed: its key was wiped", cause);
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "a key";
    }
}
