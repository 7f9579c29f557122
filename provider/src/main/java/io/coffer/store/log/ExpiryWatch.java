package io.coffer.store.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether an expired entry may go before anybody has seen it, and when the next one will expire. Safe for use by several threads.
 *
 * <p>Somebody may want to see it first. But nothing that the disk has room for only once is kept for ever: who has not asked for ten
 * minutes is not waited for any more, and while the disk is full nobody is. What had expired when the store was opened is shown to nobody.
 */
final class ExpiryWatch {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier nanoTime;
    private final DiskTrouble trouble;
    private final long openedMillis;
    /** No slot has an earlier deadline, but for those that the pass under way has met. Long.MIN_VALUE: nobody has looked. */
    private final AtomicLong nextDue = new AtomicLong(Long.MIN_VALUE);

    private volatile boolean kept;
    private volatile long askedNanos;

    /** @param openedMillis when the store was opened, by its clock */
    ExpiryWatch(LongSupplier nanoTime, DiskTrouble trouble, long openedMillis) {
        this.nanoTime = nanoTime;
        this.trouble = trouble;
        this.openedMillis = openedMillis;
    }

    /** Tells whether somebody wants to see what expires. */
    void keep(boolean wanted) {
        if (wanted != kept) {
            asked();
            nextDue.set(Long.MIN_VALUE);
            kept = wanted;
        }
    }

    /** Somebody looks for what has expired. */
    void asked() {
        askedNanos = nanoTime.getAsLong();
    }

    /** Whether an entry whose deadline has passed may go unseen. Who takes entries out of the index asks this of each first. */
    boolean mayDrop(long expiresAtMillis) {
        return !kept
                || isHistory(expiresAtMillis)
                || trouble.isFull()
                || nanoTime.getAsLong() - askedNanos > PATIENCE_NANOS;
    }

    /** Whether it had expired before the store was opened. */
    boolean isHistory(long expiresAtMillis) {
        return expiresAtMillis <= openedMillis;
    }

    /** The index has got a deadline. Called after it has. */
    void note(long expiresAtMillis) {
        if (expiresAtMillis < nextDue.get()) {
            nextDue.accumulateAndGet(expiresAtMillis, Math::min);
        }
    }

    /** Begins a pass over the index, unless nothing can have expired. What comes from now on is noted for the next one. */
    boolean begin(long nowMillis) {
        if (nextDue.get() > nowMillis) {
            return false;
        }
        nextDue.set(Long.MAX_VALUE);
        return true;
    }

    /**
     * Ends a pass.
     *
     * @param earliestMillis the earliest deadline that it has met and left
     */
    void end(long earliestMillis) {
        note(earliestMillis);
    }
}
