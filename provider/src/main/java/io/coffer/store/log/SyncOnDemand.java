package io.coffer.store.log;

import java.io.IOException;

/**
 * Gets those synced who wait for it. Who comes while nobody syncs does it himself, for all who have appended by then: handing it to the
 * store's thread would take about as long as a sync of a fast disk. Who comes later waits, and the store's thread syncs for all of them.
 * Safe for use by several threads.
 */
final class SyncOnDemand {
    private final Flusher flusher;
    private final GroupCommit waiters;
    private final boolean hasThread;
    private final Runnable wake;
    private final LogMessages messages;

    /**
     * @param hasThread whether the store has a thread
     * @param wake wakes it
     */
    SyncOnDemand(Flusher flusher, GroupCommit waiters, boolean hasThread, Runnable wake, LogMessages messages) {
        this.flusher = flusher;
        this.waiters = waiters;
        this.hasThread = hasThread;
        this.wake = wake;
        this.messages = messages;
    }

    /** Waits until a record is synced or lost. */
    void await(Segment segment, long offset) {
        if (segment.isSynced(offset)) {
            return;
        }
        if (!hasThread) {
            flush();
        } else if (!VirtualThreads.isCurrent()
                && flusher.lock.tryLock()) { // a virtual one would keep its carrier from others
            try {
                flush();
            } finally {
                flusher.lock.unlock();
            }
        }
        waiters.await(segment, offset, wake);
    }

    private void flush() {
        try {
            flusher.flush();
        } catch (IOException e) {
            messages.debug("a sync has failed; who waits for it is told", e);
        }
    }
}
