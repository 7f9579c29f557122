package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of what has expired: goes round the index, and reads from disk what has, since the index holds no keys. A call looks at
 * half a million slots at most, some milliseconds of work, and goes on where the one before has ended. While no deadline has passed since
 * the last round, a call looks at nothing.
 *
 * <p>What cannot be read is counted, and goes unseen. Safe for use by several threads.
 */
final class ExpiredKeys {
    private static final int STEP = 500_000;

    private final Index index;
    private final RecordReader reader;
    private final Expirer expirer;
    private final ExpiryWatch watch;
    private final StoreClock clock;
    private final LogMessages messages;
    private final ReentrantLock lock = new ReentrantLock();
    /** The round under way, null between two. Guarded by the lock. */
    private @Nullable IndexScan scan;
    /** The earliest deadline that this round has met and left. Guarded by the lock. */
    private long earliestMillis;

    ExpiredKeys(
            Index index,
            RecordReader reader,
            Expirer expirer,
            ExpiryWatch watch,
            StoreClock clock,
            LogMessages messages) {
        this.index = index;
        this.reader = reader;
        this.expirer = expirer;
        this.watch = watch;
        this.clock = clock;
        this.messages = messages;
    }

    /** Returns the next keys. Reads that many records at most. */
    List<byte[]> next(int most) {
        lock.lock();
        try {
            watch.asked();
            return look(most, clock.millis());
        } finally {
            lock.unlock();
        }
    }

    private List<byte[]> look(int most, long now) {
        var keys = new ArrayList<byte[]>();
        int reads = 0;
        for (int i = 0; i < STEP && reads < most; i++) {
            var slot = nextSlot(now);
            if (slot == null) {
                break;
            }
            long deadline = slot.expiresAtMillis();
            if (watch.isHistory(deadline)) {
                continue; // goes by itself
            }
            if (deadline <= now) {
                reads++;
                var key = expiredKey(slot.fingerprint(), now);
                if (key == null) {
                    continue;
                }
                keys.add(key);
            }
            earliestMillis = Math.min(
                    earliestMillis, deadline); // also if it was found: whoever gets the key may not get its lock
        }
        return keys;
    }

    private @Nullable IndexScan nextSlot(long now) {
        var round = scan;
        if (round == null) {
            if (!watch.begin(now)) {
                return null;
            }
            round = index.scan();
            scan = round;
            earliestMillis = Long.MAX_VALUE;
        }
        if (round.next()) {
            return round;
        }
        watch.end(earliestMillis);
        scan = null;
        return null;
    }

    /** Returns null if there is nothing to be seen: it was removed, written or touched meanwhile, or cannot be read. */
    private byte @Nullable [] expiredKey(Fingerprint fingerprint, long now) {
        try {
            var entry = reader.read(fingerprint);
            return entry == null || entry.expiresAtMillis() > now ? null : entry.key();
        } catch (StoreException e) { // counted by the reader
            messages.debug("an expired entry cannot be read; nobody gets to see it", e);
            expirer.forget(fingerprint, EntryStore.ANY);
            return null;
        }
    }
}
