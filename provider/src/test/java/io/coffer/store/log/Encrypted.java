package io.coffer.store.log;

import io.coffer.spi.StoreEncryption;
import io.coffer.testing.TestKeys;
import org.jspecify.annotations.Nullable;

/**
 * Whether the suites of the log store run on encrypted stores: {@code -Dcoffer.encrypted=true}, or {@code expired} for keys that are
 * destroyed when what they have encrypted has expired.
 */
public final class Encrypted {
    private static final String MODE = System.getProperty("coffer.encrypted", "false");

    /** How stores are encrypted, null for stores in the clear. */
    public static final @Nullable StoreEncryption ENCRYPTION =
            MODE.equals("false") ? null : new StoreEncryption(new TestKeys("k1"), null, MODE.equals("expired"));

    private Encrypted() {}

    /** Returns a size of segments that hold about as many small records as others in the clear. */
    static int segmentBytes(int plain, @Nullable StoreEncryption encryption) {
        int records = 4;
        int more = Suite.SEALED.overheadBytes()
                - Suite.PLAIN.overheadBytes()
                + records * (Suite.SEALED.recordBytes - Suite.PLAIN.recordBytes);
        return encryption == null ? plain : plain + more;
    }
}
