package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Syncs segments, in the order of their ids: nobody is told that his bytes are safe before all bytes before them are. Before the first
 * sync of a segment counts, its name must be synced as well. Safe for use by several threads; one of them syncs at a time and holds the
 * flush lock.
 *
 * <p>While one sync runs, others append; the next sync is for all of them.
 */
final class Flusher {
    /** What is to be synced of a segment, and the last change in it then. */
    private record SyncPoint(Segment segment, int end, long sequence) {}

    /** Always taken before the append lock by who needs both. */
    final ReentrantLock lock = new ReentrantLock();

    private final Files files;
    private final Appender appender;
    private final SegmentTable segments;
    private final GroupCommit waiters;
    private final LogCounters counters;
    private final TailLoss loss;

    Flusher(
            Files files,
            Appender appender,
            SegmentTable segments,
            GroupCommit waiters,
            LogCounters counters,
            TailLoss loss) {
        this.files = files;
        this.appender = appender;
        this.segments = segments;
        this.waiters = waiters;
        this.counters = counters;
        this.loss = loss;
    }

    /** Returns when everything that was appended before is synced. If it throws, that was given up; see {@link TailLoss}. */
    void flush() throws IOException {
        flush(Long.MAX_VALUE);
    }

    /** Likewise for all segments up to one that is not appended to any more; the head, which is, would have to be synced again. */
    void flushUpTo(Segment retired) throws IOException {
        flush(retired.header.id());
    }

    private void flush(long lastId) throws IOException {
        lock.lock();
        try {
            for (var point : syncPoints(lastId)) {
                sync(point);
            }
        } finally {
            waiters.release();
            lock.unlock();
        }
    }

    private List<SyncPoint> syncPoints(long lastId) {
        appender.lock.lock();
        try {
            if (lastId == Long.MAX_VALUE) {
                appender.clean();
            }
            var points = new ArrayList<SyncPoint>();
            for (var segment : segments.unsealed()) {
                if (segment.header.id() <= lastId && segment.end > segment.syncedEnd && !segment.unsealable) {
                    points.add(new SyncPoint(segment, segment.end, segment.maxSequence));
                }
            }
            return points;
        } finally {
            appender.lock.unlock();
        }
    }

    private void sync(SyncPoint point) throws IOException {
        var segment = point.segment;
        var file = segment.writer;
        if (file == null) {
            return; // it was sealed meanwhile, or began and failed
        }
        if (!segment.named) {
            syncNames();
        }
        try {
            file.sync();
        } catch (IOException e) {
            loseFrom(segment, e);
            throw e;
        }
        counters.syncs.increment();
        synced(segment, point.end, point.sequence);
    }

    /** Says that a segment was synced up to an offset. With the flush lock. */
    void synced(Segment segment, int end, long sequence) {
        segment.syncedSequence = sequence;
        segment.syncedEnd = end;
        waiters.release();
    }

    /**
     * Syncs the names of all files. A failure may have lost the name of any segment that is not known to have one yet: even if the next
     * attempt succeeded, it need not be about them. With the flush lock.
     */
    void syncNames() throws IOException {
        var nameless = nameless();
        try {
            files.syncDirectory();
        } catch (IOException e) {
            if (!nameless.isEmpty()) {
                loseFrom(nameless.get(0), e);
            }
            throw e;
        }
        nameless.forEach(segment -> segment.named = true);
    }

    /** Syncs the names of segments if one is not synced yet. With the flush lock. */
    void syncNamesIfAny() throws IOException {
        if (!nameless().isEmpty()) {
            syncNames();
        }
    }

    private List<Segment> nameless() {
        appender.lock.lock();
        try {
            var found = segments.unsealed();
            found.removeIf(segment -> segment.named);
            return found;
        } finally {
            appender.lock.unlock();
        }
    }

    /** Gives up what was not synced, from a segment on. With the flush lock. */
    void loseFrom(Segment first, IOException cause) {
        appender.lock.lock();
        try {
            loss.loseFrom(first, cause);
        } finally {
            appender.lock.unlock();
        }
        waiters.release();
    }
}
