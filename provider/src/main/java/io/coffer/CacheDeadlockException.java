package io.coffer;

import javax.cache.CacheException;

/**
 * Thrown instead of waiting for ever, when an EntryProcessor, CacheLoader or CacheWriter uses a key that is held by a thread
 * that, directly or through others, waits for the key which the caller holds; also when it uses the very key it is called for.
 *
 * <p>Nothing has been changed at the key in question. Let processors use other keys in one fixed order, or try again.
 */
public final class CacheDeadlockException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with a message that names the cache and the situation, never the key. */
    public CacheDeadlockException(String message) {
        super(message);
    }
}
