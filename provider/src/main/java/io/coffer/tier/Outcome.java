package io.coffer.tier;

/** What has become of a change of an entry. Without a store it is always {@link #SET}. */
public enum Outcome {
    /** It is done. */
    SET,
    /** Nothing has changed: the store has not what was found there. Who wanted the change looks again and decides again. */
    LOST,
    /** The store could not take the value; the entry is absent now. */
    FAILED
}
