package io.coffer.store.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes expired entries out of the index, some thousand at a time, so that the segments they lie in can be dropped. Nothing is written:
 * the store's clock never goes back, so they are expired for ever. Guarded by the flush lock.
 */
final class Expirer {
    /** So many slots are looked at before others get their turn. */
    private static final int STEP = 20_000;

    private final Appender appender;
    private final Index index;
    private final SegmentTable segments;
    private final StoreClock clock;
    private IndexScan scan;

    Expirer(Appender appender, Index index, SegmentTable segments, StoreClock clock) {
        this.appender = appender;
        this.index = index;
        this.segments = segments;
        this.clock = clock;
        this.scan = index.scan();
    }

    /** Looks at some slots. Returns false when it has come to the end, and begins anew the next time. */
    boolean step() {
        long now = clock.millis();
        var expired = new ArrayList<Fingerprint>();
        boolean more = true;
        for (int i = 0; i < STEP && more; i++) {
            more = scan.next();
            if (more && scan.expiresAtMillis() <= now) {
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
                var slot = index.find(fingerprint);
                if (slot != null && slot.expiresAtMillis() <= now) {
                    index.remove(fingerprint);
                    segments.lose(slot.location());
                }
            }
        } finally {
            appender.lock.unlock();
        }
    }
}
