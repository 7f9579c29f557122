package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;

/**
 * Lets the store go on after a sync has failed: in a new file, which holds the pending tombstones, once that was written and synced.
 * Tried at most once a second. Safe for use by several threads.
 */
final class Mender {
    private final Files files;
    private final Flusher flusher;
    private final Appender appender;
    private final Tombstones tombstones;
    private final DiskTrouble trouble;
    private final TailLoss loss;
    private final Leftovers leftovers;
    private final LogCounters counters;
    private final LogMessages messages;

    Mender(
            Files files,
            Flusher flusher,
            Appender appender,
            Tombstones tombstones,
            DiskTrouble trouble,
            TailLoss loss,
            Leftovers leftovers,
            LogCounters counters,
            LogMessages messages) {
        this.loss = loss;
        this.leftovers = leftovers;
        this.files = files;
        this.flusher = flusher;
        this.appender = appender;
        this.tombstones = tombstones;
        this.trouble = trouble;
        this.counters = counters;
        this.messages = messages;
    }

    /** Tries, if it is time to; throws if the store cannot go on. */
    void mend() {
        flusher.lock.lock();
        appender.lock.lock();
        try {
            if (!trouble.isSuspect()) {
                return;
            }
            if (!trouble.isDue()) {
                counters.failedWrites.increment();
                throw messages.failed("nothing can be written after a sync has failed", null);
            }
            begin();
        } catch (IOException e) {
            counters.failedWrites.increment();
            throw messages.failed("no new file could be begun after a sync has failed", e);
        } finally {
            appender.lock.unlock();
            flusher.lock.unlock();
        }
    }

    /** Tries now, for the last time before the store is closed. With both locks. */
    void mendBeforeClosing() throws IOException {
        if (trouble.isSuspect()) {
            begin();
        }
    }

    private void begin() throws IOException {
        long sequence = appender.lastSequence();
        boolean begun = false;
        try {
            loss.forgetLost();
            leftovers.retry();
            if (!leftovers.isEmpty()) {
                // Recovery would take a lost segment that is still there for one that the new one has to follow.
                throw new IOException("A lost segment cannot be deleted");
            }
            appender.headWithRoom(0);
            tombstones.appendPending();
            var head = appender.head();
            var file = head.writer;
            if (file == null) {
                throw new IOException(head.name + " cannot be written");
            }
            file.sync();
            files.syncDirectory();
            counters.syncs.increment();
            head.named = true;
            flusher.synced(head, head.end, head.maxSequence);
            tombstones.settle();
            trouble.over();
            begun = true;
            messages.info("a new file was synced; the store goes on");
        } finally {
            if (!begun) {
                trouble.postpone();
                appender.giveUp(sequence);
            }
        }
    }
}
