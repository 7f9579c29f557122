package io.coffer.store.log;

import io.coffer.spi.StoreException;
import io.coffer.store.DiskFullException;
import java.io.IOException;

/**
 * Every change goes through here: takes the append lock, and first sets right what the disk has refused before. While the disk is full,
 * it is tried at most once a second; removals have a {@link Reserve}. Safe for use by several threads.
 */
final class WriteGate {
    private final Appender appender;
    private final DiskTrouble trouble;
    private final Reserve reserve;
    private final Tombstones tombstones;
    private final Mender mender;
    private final LogCounters counters;
    private final LogMessages messages;
    /** Whether the log says that the disk refuses writes. Under the append lock. */
    private boolean isTold;

    private volatile boolean closed;

    WriteGate(
            Appender appender,
            DiskTrouble trouble,
            Reserve reserve,
            Tombstones tombstones,
            Mender mender,
            LogCounters counters,
            LogMessages messages) {
        this.appender = appender;
        this.trouble = trouble;
        this.reserve = reserve;
        this.tombstones = tombstones;
        this.mender = mender;
        this.counters = counters;
        this.messages = messages;
    }

    /** Takes the append lock for a change that is about to be written, or throws and leaves it free. */
    void enter(boolean removes) {
        while (true) {
            appender.lock.lock();
            boolean ready = false;
            try {
                requireOpen();
                if (trouble.isNone() && !tombstones.arePending()) {
                    ready = true;
                } else if (!trouble.isSuspect()) {
                    prepare(removes);
                    ready = true;
                }
            } finally {
                if (!ready) {
                    appender.lock.unlock();
                }
            }
            if (ready) {
                return;
            }
            mender.mend();
        }
    }

    /** Leaves the append lock. */
    void exit() {
        appender.lock.unlock();
    }

    private void prepare(boolean removes) {
        if (trouble.isFull()) {
            if (removes) {
                reserve.release();
            } else if (!trouble.isDue() || !reserve.restore()) {
                if (trouble.isDue()) {
                    trouble.postpone();
                }
                counters.failedWrites.increment();
                throw messages.full("nothing can be written", null);
            }
        }
        if (tombstones.arePending()) {
            try {
                tombstones.writePending();
            } catch (IOException e) {
                throw failed("a removal that is due could not be written", e);
            }
        }
    }

    /**
     * Something was appended. That the disk has room again only a write can tell: a removal may have used the reserve. With the append
     * lock.
     */
    void succeeded(boolean removes) {
        if (removes && trouble.isFull()) {
            return;
        }
        if (isTold) {
            isTold = false;
            messages.info("the disk accepts writes again");
        }
        if (trouble.isFull()) {
            trouble.over();
        }
    }

    /** Takes note that the disk has refused, and returns what to throw. With the append lock. */
    StoreException failed(String what, IOException cause) {
        counters.failedWrites.increment();
        boolean isFull = cause instanceof DiskFullException;
        if (isFull) {
            trouble.full();
        }
        if (!isTold) {
            isTold = true;
            messages.warn(
                    isFull ? "the disk is full; writes fail until there is room" : "the disk refuses writes", cause);
        }
        return appender.isCutOff() ? messages.disk(what, cause) : messages.failed(what, cause);
    }

    /** Whether something that has failed may still be on disk although no method shows it. For any thread. */
    boolean mayHideSomething() {
        return trouble.isSuspect() || tombstones.arePending() || appender.hasLeftTraces();
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw messages.closed();
        }
    }

    /** Lets nobody in any more. With the append lock. */
    void close() {
        closed = true;
    }
}
