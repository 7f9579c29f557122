package io.coffer.spi;

/** When written entries are synced, so that they survive a power failure. The death of the process they survive always. */
public enum Durability {
    /** When the operating system likes, and on close. */
    NONE,
    /** From time to time: what is lost at most is what was written in the last interval. */
    INTERVAL,
    /** Before a write returns. */
    ALWAYS
}
