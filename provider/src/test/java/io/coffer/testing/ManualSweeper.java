package io.coffer.testing;

import io.coffer.expiry.Sweeper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sweeps when a test says so, on the test's thread. */
public final class ManualSweeper implements Sweeper {
    private final Set<Runnable> sweeps = ConcurrentHashMap.newKeySet();

    @Override
    public void add(Runnable sweep) {
        sweeps.add(sweep);
    }

    @Override
    public void remove(Runnable sweep) {
        sweeps.remove(sweep);
    }

    /** Sweeps all caches once. */
    public void sweep() {
        sweeps.forEach(Runnable::run);
    }

    /** Returns how many caches are swept. */
    public int size() {
        return sweeps.size();
    }
}
