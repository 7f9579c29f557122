package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.StoreException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What is done beside the callers: syncing, sealing, removing what has expired, dropping, setting right what the disk has refused. One
 * step at a time, by the store's thread or by whoever calls {@link #step}. Guarded by the flush lock.
 */
final class Maintenance {
    private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LogOptions options;
    private final Flusher flusher;
    private final Appender appender;
    private final GroupCommit waiters;
    private final Sealer sealer;
    private final Dropper dropper;
    private final Expirer expirer;
    private final Leftovers leftovers;
    private final DiskTrouble trouble;
    private final Reserve reserve;
    private final Tombstones tombstones;
    private final Mender mender;
    private final LogMessages messages;
    private long lastFlushNanos;
    private long lastTidyNanos;

    Maintenance(
            LogOptions options,
            Flusher flusher,
            Appender appender,
            GroupCommit waiters,
            Sealer sealer,
            Dropper dropper,
            Expirer expirer,
            Leftovers leftovers,
            DiskTrouble trouble,
            Reserve reserve,
            Tombstones tombstones,
            Mender mender,
            LogMessages messages) {
        this.options = options;
        this.flusher = flusher;
        this.appender = appender;
        this.waiters = waiters;
        this.sealer = sealer;
        this.dropper = dropper;
        this.expirer = expirer;
        this.leftovers = leftovers;
        this.trouble = trouble;
        this.reserve = reserve;
        this.tombstones = tombstones;
        this.mender = mender;
        this.messages = messages;
        this.lastFlushNanos = options.nanoTime().getAsLong();
        this.lastTidyNanos = lastFlushNanos - TIDY_NANOS;
    }

    /** Does what is due, all of it, in the calling thread. */
    void step(boolean tidyAnyway) {
        flusher.lock.lock();
        try {
            flushIfDue();
            sealer.seal();
            long now = options.nanoTime().getAsLong();
            if (tidyAnyway || now - lastTidyNanos >= TIDY_NANOS) {
                lastTidyNanos = now;
                tidy();
            }
        } finally {
            flusher.lock.unlock();
        }
    }

    private void flushIfDue() {
        long now = options.nanoTime().getAsLong();
        boolean isDue = !waiters.isEmpty()
                || (options.durability() == Durability.ALWAYS && appender.isDirty())
                || (options.durability() == Durability.INTERVAL && appender.isDirty() && nanosToFlush(now) <= 0);
        if (isDue) {
            lastFlushNanos = now;
            try {
                flusher.flush();
            } catch (IOException e) {
                messages.warn("a sync has failed", e);
            }
        }
    }

    private void tidy() {
        leftovers.retry();
        mendIfDue();
        expirer.step();
        if (trouble.isNone() && !tombstones.arePending()) {
            try {
                sealer.sealCut();
                dropper.drop();
            } catch (IOException e) {
                messages.warn("segments could not be sealed or dropped; it is tried again", e);
            }
        }
    }

    private void mendIfDue() {
        if (trouble.isSuspect() && trouble.isDue()) {
            try {
                mender.mend();
            } catch (StoreException e) {
                messages.debug("it cannot go on yet; it is tried again", e);
            }
        }
        appender.lock.lock();
        try {
            if (!trouble.isSuspect() && trouble.isDue()) {
                reserve.restore();
                if (tombstones.arePending()) {
                    tombstones.writePending();
                }
            }
        } catch (IOException e) {
            trouble.postpone();
            messages.debug("removals cannot be written yet; it is tried again", e);
        } finally {
            appender.lock.unlock();
        }
    }

    /** Returns how long nothing will be due if nobody writes; 0 if somebody waits already. */
    long nanosToWait() {
        if (!waiters.isEmpty() || (options.durability() == Durability.ALWAYS && appender.isDirty())) {
            return 0;
        }
        long now = options.nanoTime().getAsLong();
        long wait = Math.max(1, TIDY_NANOS - (now - lastTidyNanos));
        return options.durability() == Durability.INTERVAL && appender.isDirty()
                ? Math.max(1, Math.min(wait, nanosToFlush(now)))
                : wait;
    }

    private long nanosToFlush(long now) {
        return TimeUnit.MILLISECONDS.toNanos(options.syncIntervalMillis()) - (now - lastFlushNanos);
    }

    /** Seals in the calling thread, since the store's thread does not keep up. */
    void help() {
        flusher.lock.lock();
        try {
            sealer.seal();
        } finally {
            flusher.lock.unlock();
        }
    }
}
