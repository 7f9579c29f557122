package io.coffer.store.log;

import io.coffer.spi.StoreException;
import io.coffer.store.DiskFullException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Every change goes through here: takes the append lock, and first sets right what the disk has refused before. While the disk is full,
 * it is tried at most once a second; removals have a {@link Reserve}. Safe for use by several threads.
 */
final class WriteGate {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Appender appender;
    private final DiskTrouble trouble;
    private final Reserve reserve;
    private final Tombstones tombstones;
    private final Mender mender;
    private final DiskBound bound;
    private final RoomMaker roomMaker;
    private final LogCounters counters;
    private final LogMessages messages;
    /** Whether the log says that the disk refuses writes. Under the append lock. */
    private boolean isTold;
    /** When it was told last that the bound is reached: a store at its bound has room and none many times a second. */
    private long boundToldNanos;

    private final LongSupplier nanoTime;
    private volatile boolean closed;

    WriteGate(
            Appender appender,
            DiskTrouble trouble,
            Reserve reserve,
            Tombstones tombstones,
            Mender mender,
            DiskBound bound,
            RoomMaker roomMaker,
            LogCounters counters,
            LogMessages messages,
            LongSupplier nanoTime) {
        this.appender = appender;
        this.trouble = trouble;
        this.reserve = reserve;
        this.tombstones = tombstones;
        this.mender = mender;
        this.bound = bound;
        this.roomMaker = roomMaker;
        this.counters = counters;
        this.messages = messages;
        this.nanoTime = nanoTime;
        this.boundToldNanos = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    /** Makes room within the bound of the disk, with no lock held. */
    @FunctionalInterface
    interface RoomMaker {
        /** Returns false if there is nothing that could leave. */
        boolean makeRoom();
    }

    /** What has to be done before the lock may be had. */
    private enum Obstacle {
        NONE,
        SUSPECT,
        BOUND
    }

    /**
     * Takes the append lock for a change that is about to be written, or throws and leaves it free.
     *
     * @param frameBytes how much will be appended
     */
    void enter(boolean removes, long frameBytes) {
        boolean mayMakeRoom = true;
        while (true) {
            switch (tryEnter(removes, frameBytes, mayMakeRoom)) {
                case NONE -> {
                    return;
                }
                case SUSPECT -> mender.mend();
                case BOUND -> mayMakeRoom = roomMaker.makeRoom();
            }
        }
    }

    private Obstacle tryEnter(boolean removes, long frameBytes, boolean mayMakeRoom) {
        appender.lock.lock();
        boolean ready = false;
        try {
            requireOpen();
            if (trouble.isSuspect()) {
                return Obstacle.SUSPECT;
            }
            if (!bound.admits(frameBytes, removes)) {
                if (mayMakeRoom && !bound.isTooMuch(frameBytes)) {
                    return Obstacle.BOUND;
                }
                throw boundReached();
            }
            if (!trouble.isNone() || tombstones.arePending()) {
                prepare(removes);
            }
            ready = true;
            return Obstacle.NONE;
        } finally {
            if (!ready) {
                appender.lock.unlock();
            }
        }
    }

    private StoreException boundReached() {
        counters.failedWrites.increment();
        var which = bound.told();
        long now = nanoTime.getAsLong();
        if (!isTold && now - boundToldNanos >= PAUSE_NANOS) {
            isTold = true;
            boundToldNanos = now;
            messages.warn(which + "; writes fail until there is room", null);
        }
        return messages.bound(which);
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
