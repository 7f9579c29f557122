package io.coffer.tier;

/** What happens at the border to the store and is worth counting. */
public enum StoreIncident {
    /** A value was read from the store. */
    READ,
    /** A value could not be read: the disk refuses, or the record is damaged. */
    READ_FAILED,
    /** A value, a removal or a deadline could not be written. */
    WRITE_FAILED,
    /** What was read could not be decoded: its class has changed. */
    UNDECODABLE
}
