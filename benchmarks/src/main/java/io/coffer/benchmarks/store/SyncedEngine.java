package io.coffer.benchmarks.store;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An engine that is synced once a second by a thread of ours, as Coffer does by itself. */
final class SyncedEngine implements Engine {
    private final Engine engine;
    private final ScheduledExecutorService executor;
    private final ScheduledFuture<?> syncing;

    SyncedEngine(Engine engine) {
        this.engine = engine;
        executor = Executors.newSingleThreadScheduledExecutor();
        syncing = executor.scheduleWithFixedDelay(engine::sync, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        engine.put(key, value);
    }

    @Override
    public byte[] get(byte[] key) {
        return engine.get(key);
    }

    @Override
    public void sync() {
        engine.sync();
    }

    /** A sync that failed ends the syncing; then the number is not worth anything. */
    @Override
    public void close() {
        boolean failed = syncing.isDone();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(1, TimeUnit.MINUTES) || failed) {
                throw new IllegalStateException("A sync has failed or does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            engine.close();
        }
    }
}
