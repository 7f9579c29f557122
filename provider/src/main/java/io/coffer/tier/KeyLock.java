package io.coffer.tier;

import io.coffer.lock.Owned;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/** The lock of one key, which its entry is: exclusive, not re-entrant, and it knows who holds it. */
@SuppressWarnings("serial") // AbstractQueuedSynchronizer is Serializable; a lock never leaves the JVM
abstract class KeyLock extends AbstractQueuedSynchronizer implements Owned {

    /** Takes the lock if nobody holds it, not even the caller. */
    final boolean tryLock() {
        return tryAcquire(1);
    }

    @Override
    public final @Nullable Thread owner() {
        return getExclusiveOwnerThread();
    }

    @Override
    protected final boolean tryAcquire(int ignored) {
        boolean free = compareAndSetState(0, 1);
        if (free) {
            setExclusiveOwnerThread(Thread.currentThread());
        }
        return free;
    }

    @Override
    protected final boolean tryRelease(int ignored) {
        setExclusiveOwnerThread(null);
        setState(0);
        return true;
    }
}
