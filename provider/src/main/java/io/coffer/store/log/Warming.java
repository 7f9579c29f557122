package io.coffer.store.log;

/**
 * Brings slots of an index into the processor's cache before they are looked up or changed: what waits for memory one after the other else
 * waits at the same time. For one thread at a time.
 */
final class Warming {
    private final Index index;
    /** Means nothing, see {@link Index#warm}: that it is kept is what it is for. */
    @SuppressWarnings("UnusedVariable")
    private long warmth;

    Warming(Index index) {
        this.index = index;
    }

    void warm(Fingerprint fingerprint) {
        warmth += index.warm(fingerprint);
    }
}
