package io.coffer.management;

/** What is rare enough to be counted always, and what JMX does not show. */
public enum RareEvent {
    /** An entry has expired. */
    EXPIRATION,
    /** The CacheLoader was called, for one key or for many. */
    LOAD,
    /** The CacheLoader has failed. */
    LOAD_FAILURE,
    /** A value was replaced ahead of its deadline. */
    REFRESH,
    /** The loader failed, and a value that has expired was put back for a moment. */
    STALE_SERVED,
    /** The loader was not called for a key, since it found nothing a short while ago. */
    ABSENCE_SERVED,
    /** A value that memory did not have was read from the store. */
    STORE_READ,
    /** The store could not read a value, or found it damaged. */
    STORE_READ_FAILURE,
    /** The store could not write a value, a removal or a deadline. */
    STORE_WRITE_FAILURE,
    /** A key or value of the store could not be decoded. */
    UNDECODABLE,
    /** Memory has let go of a value that the store keeps. */
    MEMORY_DROP
}
