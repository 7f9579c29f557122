package io.coffer.spi;

/** What opening a store does when files are missing or damaged other than by the end of a process or a power failure. */
public enum Recovery {
    /** Opens without what is lost, which is counted and logged; the bytes are set aside, not deleted. */
    POINT_IN_TIME,
    /** Refuses, changing nothing. */
    STRICT,
    /** Takes whatever can be read, even if the list of files itself is lost. */
    SALVAGE
}
