package io.coffer.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who waits for what, so that a wait that would never end is refused instead of begun.
 *
 * <p>One graph serves all caches of a provider: a circle may lead through several of them. It is touched only by threads
 * that are about to park; an uncontended lock never comes here. Safe for use by several threads.
 */
public final class WaitGraph {
    /*
     * A circle is closed by a thread that begins to wait, never by one that acquires: who acquires is not waiting. So it
     * is enough to look once, when a wait begins, and the guard makes "look and record" one step, so that of two threads
     * that close a circle at the same time exactly one sees it. There are no false alarms: a thread on the walk was
     * recorded before the guard was taken; if the walk ends at the caller, whose holdings do not change meanwhile, the
     * last thread of the chain is blocked, hence what it owns is fixed, hence the one before it is blocked, and so on.
     */
    private final ReentrantLock guard = new ReentrantLock();
    private final Map<Thread, Owned> waiting = new HashMap<>();

    /**
     * Records that the calling thread is about to wait for a resource, unless it would wait for itself.
     *
     * @return whether the wait may begin; after it, {@link #leave} must be called. False: nothing was recorded
     */
    public boolean enter(Owned resource) {
        guard.lock();
        try {
            if (leadsToCaller(resource)) {
                return false;
            }
            waiting.put(Thread.currentThread(), resource);
            return true;
        } finally {
            guard.unlock();
        }
    }

    /** Records that the wait of the calling thread is over. */
    public void leave() {
        guard.lock();
        try {
            waiting.remove(Thread.currentThread());
        } finally {
            guard.unlock();
        }
    }

    /** Follows owner and wait in turn. The bound ends a walk among threads that have acquired but not yet left. */
    private boolean leadsToCaller(Owned resource) {
        var next = resource;
        for (int steps = waiting.size(); next != null && steps >= 0; steps--) {
            var owner = next.owner();
            if (Thread.currentThread().equals(owner)) {
                return true;
            }
            next = owner == null ? null : waiting.get(owner);
        }
        return false;
    }
}
