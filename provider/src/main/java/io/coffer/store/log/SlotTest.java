package io.coffer.store.log;

/** Chooses slots of the index. Runs under a lock of the index and must not call it. */
@FunctionalInterface
interface SlotTest {
    boolean test(long location, long expiresAtMillis);
}
