package io.coffer.spi;

import static java.util.Objects.requireNonNull;

import javax.cache.CacheException;

/**
 * A store could not do what it was asked for. The message names the cache, what was found and what would be right; never a key or a
 * value.
 */
public final class StoreException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** What has gone wrong, for callers who can do something about it. */
    public enum Kind {
        /** There is no room: the disk, a quota or the store's own bound is reached. Nothing has changed; later it may work. */
        FULL,
        /** The disk has failed, or who remembers how far the store has come. What the call should have written may be there after a restart or not. */
        FAILED,
        /** What is on disk is damaged, or is not what it should be. */
        DAMAGED,
        /** Somebody else has the store open. */
        LOCKED,
        /** The key or the value is larger than any entry may be. Nothing has changed. */
        TOO_LARGE,
        /** The store holds entries of other types, of another codec or of a newer format than it was opened with. */
        MISMATCH,
        /** The key of an encrypted store cannot be had, or is another. Nothing was changed. */
        KEY,
        /** What is on disk was changed by somebody who did not have the key. */
        TAMPERED
    }

    private final Kind kind;

    /** Makes an exception without a cause. */
    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind == null");
    }

    /** Makes an exception with what has caused it. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind == null");
    }

    /** Returns what has gone wrong. */
    public Kind kind() {
        return kind;
    }
}
