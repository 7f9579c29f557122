package io.coffer.example;

/** Where the answer to a call came from. */
public enum Origin {
    /** Nobody had it: it was searched. */
    SEARCH,
    /** The cache had it on disk only. */
    DISK,
    /** The cache had it in memory. */
    MEMORY
}
