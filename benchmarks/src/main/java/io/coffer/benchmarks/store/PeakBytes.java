package io.coffer.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks every 50 ms how large the files in a folder are, from its construction until it is closed. */
final class PeakBytes implements AutoCloseable {
    private static final int PERIOD_MILLIS = 50;

    private final Path folder;
    private final AtomicLong most = new AtomicLong();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;

    PeakBytes(Path folder) {
        this.folder = folder;
        looking = executor.scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The most so far, this moment included. */
    long bytes() {
        look();
        if (looking.isDone()) {
            throw new IllegalStateException("The files could not be measured");
        }
        return most.get();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void look() {
        try {
            most.accumulateAndGet(Folders.bytes(folder), Math::max);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
