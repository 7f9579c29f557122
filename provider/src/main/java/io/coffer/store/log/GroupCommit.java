package io.coffer.store.log;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Who waits for bytes to be synced. Each waits for his own segment: that one is synced only after all before it. Interrupts wake nobody
 * up and stay pending. Safe for use by several threads; parks virtual ones.
 */
final class GroupCommit {
    private record Waiter(Thread thread, Segment segment, long offset) {
        boolean isDone() {
            return segment.isSynced(offset) || segment.isLost(offset);
        }
    }

    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /**
     * Waits until the record at an offset is synced or lost.
     *
     * @param syncing wakes up whoever syncs
     */
    void await(Segment segment, long offset, Runnable syncing) {
        var waiter = new Waiter(Thread.currentThread(), segment, offset);
        if (waiter.isDone()) {
            return;
        }
        waiters.add(waiter);
        syncing.run();
        boolean interrupted = false;
        while (!waiter.isDone()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** Wakes up all who need not wait any more. */
    void release() {
        for (var each = waiters.iterator(); each.hasNext(); ) {
            var waiter = each.next();
            if (waiter.isDone()) {
                each.remove();
                LockSupport.unpark(waiter.thread());
            }
        }
    }
}
