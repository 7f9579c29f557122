package io.coffer.jcache;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** The running {@code loadAll} calls of one cache. Each ends with exactly one call of its listener, if it has one. */
final class BackgroundLoads {
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final String cacheName;
    private final BackgroundExecutor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Thread, Integer> loading = new HashMap<>(); // how many loads each runs; under the lock
    private int running; // those of the threads, and those that no thread has begun yet; under the lock
    private boolean closed; // under the lock

    BackgroundLoads(String cacheName, BackgroundExecutor executor) {
        this.cacheName = cacheName;
        this.executor = executor;
    }

    /** Starts a load in the background. */
    void start(Runnable load, @Nullable CompletionListener listener) {
        begin();
        executor.execute(() -> run(load, listener));
    }

    /** Starts a load that may as well be left out; false if it is: the cache is closed, or all threads are busy. */
    boolean tryStart(Runnable load) {
        if (!tryBegin()) {
            return false;
        }
        boolean isStarted = executor.tryExecute(() -> run(load, null));
        if (!isStarted) {
            end();
        }
        return isStarted;
    }

    private void run(Runnable load, @Nullable CompletionListener listener) {
        enter();
        try {
            load.run();
            tell(listener == null ? () -> {} : listener::onCompletion);
        } catch (Exception | Error e) {
            // A class that a loader does not find is an Error; who waits for the load must hear of it all the same.
            fail(e instanceof RuntimeException known ? known : new CacheLoaderException("loadAll failed", e), listener);
        } finally {
            leave();
        }
    }

    private void fail(RuntimeException failure, @Nullable CompletionListener listener) {
        if (listener == null) {
            LOG.log(Level.WARNING, "Cache \"" + cacheName + "\": loadAll failed, and no listener was given", failure);
        } else {
            tell(() -> listener.onException(failure));
        }
    }

    /** A listener that fails must not be told twice. */
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (Exception | Error e) {
            LOG.log(Level.WARNING, "Cache \"" + cacheName + "\": the CompletionListener of loadAll failed", e);
        }
    }

    /** Lets no more begin, and waits a moment for all to end. */
    void awaitEnd() {
        lock.lock();
        try {
            closed = true;
            long nanos = CLOSE_NANOS;
            // A loader that closes its cache must not wait for itself.
            int own = loading.getOrDefault(Thread.currentThread(), 0);
            while (running > own && nanos > 0) {
                nanos = ended.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        try {
            loading.merge(Thread.currentThread(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            loading.computeIfPresent(Thread.currentThread(), (thread, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
        end();
    }

    private void end() {
        lock.lock();
        try {
            running--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!tryBegin()) {
            throw new IllegalStateException("Cache \"" + cacheName + "\" is closed");
        }
    }

    private boolean tryBegin() {
        lock.lock();
        try {
            if (!closed) {
                running++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
