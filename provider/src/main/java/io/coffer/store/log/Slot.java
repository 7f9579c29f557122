package io.coffer.store.log;

/**
 * What the index says of a key.
 *
 * @param location of its record, see {@link Location}
 * @param expiresAtMillis its deadline to the millisecond, {@link LogFormat#ETERNAL}, or {@link #FAR}
 */
record Slot(long location, long expiresAtMillis) {
    /** A deadline more than 34 years after the store was made, which a slot cannot hold. The record says it exactly. */
    static final long FAR = LogFormat.ETERNAL - 1;
}
