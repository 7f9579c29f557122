package io.coffer.spi;

import static java.util.Objects.requireNonNull;

/**
 * One entry to be written by {@link EntryStore#writeAll}. The arrays are not copied; whoever made them changes them no more.
 *
 * @param key the encoded key, never null
 * @param expectedStamp the stamp of what it replaces, {@link EntryStore#ABSENT} or {@link EntryStore#ANY}
 * @param value the encoded value, never null
 * @param expiresAtMillis its deadline in milliseconds since 1970 by the store's clock, or {@link EntryStore#ETERNAL}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared; a copy each would cost more than the rest
public record StoreWrite(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
    /** Checks that nothing is null. */
    public StoreWrite {
        requireNonNull(key, "key == null");
        requireNonNull(value, "value == null");
    }

    /** Names neither key nor value. */
    @Override
    public String toString() {
        return "write of " + value.length + " bytes";
    }
}
