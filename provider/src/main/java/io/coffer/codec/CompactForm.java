package io.coffer.codec;

import javax.cache.CacheException;

/**
 * How objects of one class become bytes: a tag, which tells the class, and the content. It is on disk: do not change.
 *
 * <p>Each object has one encoding, and what is not the encoding of an object is refused. Safe for use by several threads.
 *
 * @param <T> the class
 */
interface CompactForm<T> {

    /** Returns tag and content. */
    byte[] encode(T value);

    /**
     * Returns the object.
     *
     * @param bytes tag and content; the tag is one of this form
     * @throws CacheException if the content is none of this form
     */
    T decode(byte[] bytes);

    /** Makes the exception for bytes that are no encoding; nothing of the content is told. */
    static CacheException damaged(String type, byte[] bytes) {
        return new CacheException(
                "Stored bytes are no " + type + ": " + bytes.length + " bytes, tag " + (bytes[0] & 0xFF));
    }
}
