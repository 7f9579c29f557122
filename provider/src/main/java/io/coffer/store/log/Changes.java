package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreWrite;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers change: compares with what is there, appends, and moves the index, all under the append lock. Each method returns the
 * segment that was appended to last, so that the caller can wait for it. Guarded by the append lock.
 */
final class Changes {
    private final Appender appender;
    private final Index index;
    private final Fingerprints fingerprints;
    private final SegmentTable segments;
    private final long latestDeadline;

    Changes(Appender appender, Index index, Fingerprints fingerprints, SegmentTable segments, long latestDeadline) {
        this.appender = appender;
        this.index = index;
        this.fingerprints = fingerprints;
        this.segments = segments;
        this.latestDeadline = latestDeadline;
    }

    /** Writes an entry and returns its location, or {@link EntryStore#LOST}. */
    long write(Fingerprint fingerprint, byte[] key, long expectedStamp, byte[] value, long expiresAtMillis)
            throws IOException {
        var slot = index.find(fingerprint);
        if (!isExpected(slot, expectedStamp)) {
            return EntryStore.LOST;
        }
        long location =
                appender.append(RecordType.PUT, hides(slot, expiresAtMillis), expiresAtMillis, fingerprint, key, value);
        publish(fingerprint, location, expiresAtMillis);
        return location;
    }

    /**
     * Writes entries; a part in each segment, if they do not fit into one.
     *
     * @param locations takes the location of each; where it is lost it stays as it is
     */
    void writeAll(List<StoreWrite> writes, long[] locations) throws IOException {
        var prints = new Fingerprint[writes.size()];
        int from = 0;
        while (from < writes.size()) {
            int to = endOfPart(writes, from);
            try {
                append(writes, from, to, prints, locations);
            } catch (IOException e) {
                if (from > 0) {
                    appender.leftTraces();
                }
                throw e;
            }
            from = to;
        }
        for (int i = 0; i < locations.length; i++) {
            if (locations[i] != EntryStore.LOST) {
                publish(prints[i], locations[i], writes.get(i).expiresAtMillis());
            }
        }
    }

    private int endOfPart(List<StoreWrite> writes, int from) {
        long bytes = frameBytes(writes.get(from));
        int to = from + 1;
        while (to < writes.size() && appender.sizes.isModest(bytes + frameBytes(writes.get(to)))) {
            bytes += frameBytes(writes.get(to));
            to++;
        }
        return to;
    }

    private void append(List<StoreWrite> writes, int from, int to, Fingerprint[] prints, long[] locations)
            throws IOException {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += frameBytes(writes.get(i));
        }
        try {
            appender.begin(bytes);
            for (int i = from; i < to; i++) {
                var write = writes.get(i);
                prints[i] = fingerprints.of(write.key());
                var slot = index.find(prints[i]);
                if (isExpected(slot, write.expectedStamp())) {
                    long deadline = write.expiresAtMillis();
                    locations[i] = appender.add(
                            RecordType.PUT, hides(slot, deadline), deadline, prints[i], write.key(), write.value());
                }
            }
            appender.commit();
        } finally {
            appender.abort();
        }
    }

    /** Returns how much some writes append together. */
    long frameBytes(List<StoreWrite> writes) {
        return writes.stream().mapToLong(this::frameBytes).sum();
    }

    private int frameBytes(StoreWrite write) {
        return appender.frameBytes(write.key(), write.value());
    }

    private void publish(Fingerprint fingerprint, long location, long expiresAtMillis) {
        var previous = index.put(fingerprint, location, expiresAtMillis);
        if (previous != null) {
            segments.lose(previous.location());
        }
        segments.gain(location);
    }

    /**
     * Removes an entry. Returns false if there is another one than expected.
     *
     * @param anyway whether to write that it is absent though it is already
     */
    boolean remove(Fingerprint fingerprint, byte[] key, long expectedStamp, boolean anyway) throws IOException {
        var slot = index.find(fingerprint);
        if (!isExpected(slot, expectedStamp)) {
            return false;
        }
        if (slot != null || anyway) {
            appender.appendRemoval(fingerprint, key);
            forget(fingerprint);
        }
        return true;
    }

    /** Takes an entry out of the index, and writes nothing. */
    void forget(Fingerprint fingerprint) {
        var slot = index.remove(fingerprint);
        if (slot != null) {
            segments.lose(slot.location());
        }
    }

    /**
     * Gives an entry another deadline. Returns false if there is another version or none. A deadline that a slot cannot hold, of more than
     * 34 years, becomes the last one that it can: the record that would tell exactly cannot be changed.
     */
    boolean touch(Fingerprint fingerprint, byte[] key, long stamp, long expiresAtMillis) throws IOException {
        var slot = index.find(fingerprint);
        if (slot == null || !segments.isSame(stamp, slot.location())) {
            return false;
        }
        long deadline =
                expiresAtMillis == LogFormat.ETERNAL ? expiresAtMillis : Math.min(expiresAtMillis, latestDeadline);
        appender.append(RecordType.TOUCH, false, deadline, fingerprint, key, AppendBatch.NOTHING);
        index.touchIf(fingerprint, slot.location(), deadline);
        var segment = segments.segmentOf(slot.location());
        segment.latestDeadline = Math.max(segment.latestDeadline, deadline);
        segment.earliestDeadline = Math.min(segment.earliestDeadline, deadline);
        return true;
    }

    /** Gives up a version if it is still there. */
    void forget(Fingerprint fingerprint, long stamp) {
        var slot = index.find(fingerprint);
        if (slot != null && segments.isSame(stamp, slot.location())) {
            index.remove(fingerprint);
            segments.lose(slot.location());
        }
    }

    private static boolean hides(@Nullable Slot slot, long expiresAtMillis) {
        return slot != null && slot.expiresAtMillis() > expiresAtMillis;
    }

    private boolean isExpected(@Nullable Slot slot, long expectedStamp) {
        if (expectedStamp <= EntryStore.ABSENT) {
            return expectedStamp == EntryStore.ANY || slot == null;
        }
        return slot != null && segments.isSame(expectedStamp, slot.location());
    }
}
