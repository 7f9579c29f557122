package io.coffer.conformance;

/** What an {@link EntryProgram} does to its entry, one call at a time. */
enum EntryStep {
    EXISTS,
    GET_VALUE,
    SET_VALUE,
    REMOVE,
    /** Throws an exception that is none of JCache's. */
    FAIL,
    /** Throws a {@link javax.cache.CacheException}. */
    FAIL_AS_CACHE
}
