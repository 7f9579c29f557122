package io.coffer.tier;

import javax.cache.CacheException;

/** Bytes that no codec will ever turn into an object again: their class is missing or has changed. */
final class UndecodableException extends CacheException {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message, CacheException cause) {
        super(message, cause);
    }
}
