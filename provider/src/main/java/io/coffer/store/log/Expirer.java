package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes expired entries out of the index, so that the segments they lie in can be dropped: some thousand at a time, or one that a caller
 * names. Nothing is written: the store's clock never goes back, so they are expired for ever.
 */
final class Expirer {
    /** So many slots are looked at before others get their turn. */
    private static final int STEP = 20_000;

    private final Appender appender;
    private final Index index;
    private final SegmentTable segments;
    private final StoreClock clock;
    private final ExpiryWatch watch;
    /** Guarded by the flush lock. */
    private IndexScan scan;

    Expirer(Appender appender, Index index, SegmentTable segments, StoreClock clock, ExpiryWatch watch) {
        this.appender = appender;
        this.index = index;
        this.segments = segments;
        this.clock = clock;
        this.watch = watch;
        this.scan = index.scan();
    }

    /**
     * Looks at some slots, and takes out what may go unseen. Returns false when it has come to the end, and begins anew the next time.
     * With the flush lock.
     */
    boolean step() {
        long now = clock.millis();
        var expired = new ArrayList<Fingerprint>();
        boolean more = true;
        for (int i = 0; i < STEP && more; i++) {
            more = scan.next();
            if (more && scan.expiresAtMillis() <= now && watch.mayDrop(scan.expiresAtMillis())) {
                expired.add(scan.fingerprint());
            }
        }
        if (!more) {
            scan = index.scan();
        }
        remove(expired, now);
        return more;
    }

    private void remove(List<Fingerprint> expired, long now) {
        if (expired.isEmpty()) {
            return;
        }
        appender.lock.lock();
        try {
            for (var fingerprint : expired) {
                forget(fingerprint, EntryStore.ANY, now);
            }
        } finally {
            appender.lock.unlock();
        }
    }

    /** Takes an entry out if it has expired and is the version that is expected; else returns false. */
    boolean forget(Fingerprint fingerprint, long expectedStamp) {
        long now = clock.millis();
        appender.lock.lock();
        try {
            return forget(fingerprint, expectedStamp, now);
        } finally {
            appender.lock.unlock();
        }
    }

    private boolean forget(Fingerprint fingerprint, long expectedStamp, long now) {
        var slot = index.find(fingerprint);
        if (slot == null
                || slot.expiresAtMillis() > now
                || (expectedStamp != EntryStore.ANY && !segments.isSame(expectedStamp, slot.location()))) {
            return false;
        }
        index.remove(fingerprint);
        segments.lose(slot.location());
        return true;
    }
}
