package io.coffer.spi;

import static java.util.Objects.requireNonNull;

/**
 * An entry as a store holds it. The arrays belong to whoever gets them.
 *
 * @param key the encoded key, never null
 * @param value the encoded value, never null
 * @param stamp as {@link StoredState#stamp()}
 * @param expiresAtMillis its deadline in milliseconds since 1970 by the store's clock, or {@link EntryStore#ETERNAL}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared; a copy each would cost more than the rest
public record StoredEntry(byte[] key, byte[] value, long stamp, long expiresAtMillis) {
    /** Checks that nothing is null. */
    public StoredEntry {
        requireNonNull(key, "key == null");
        requireNonNull(value, "value == null");
    }

    /** Names neither key nor value. */
    @Override
    public String toString() {
        return "entry of " + value.length + " bytes";
    }
}
