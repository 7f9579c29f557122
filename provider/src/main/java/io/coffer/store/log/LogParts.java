package io.coffer.store.log;

import io.coffer.spi.StoreCursor;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one open store together, and takes them apart when it is closed. */
final class LogParts {
    /** So many of the largest records fit into the bound of the disk at least: or room for one would empty it. */
    private static final int RECORDS_IN_BOUND = 8;

    final LogOptions options;
    final LogMessages messages;
    final Index index;
    final Fingerprints fingerprints;
    final StoreClock clock;
    /** The largest key and value together. */
    final int maxRecordBytes;

    final Appender appender;
    final Flusher flusher;
    final Tombstones tombstones;
    final WriteGate gate;
    final Changes changes;
    final Invalidation invalidation;
    final RecordReader reader;
    final ExpiryWatch expiry;
    final Expirer expirer;
    final ExpiredKeys expiredKeys;
    final Maintenance maintenance;
    final Backpressure backpressure;
    final Figures figures;
    final @Nullable KeyUpkeep keys;

    private final Files files;
    private final @Nullable KeyRing ring;
    private final SegmentTable segments;
    private final LogCounters counters = new LogCounters();
    private final GroupCommit waiters = new GroupCommit();
    private final SyncOnDemand syncing;
    private final Mender mender;
    private final Sealer sealer;
    private final Compactor compactor;
    private final Hints hints;
    private final Reserve reserve;
    private volatile @Nullable StoreThread thread;

    LogParts(Files files, LogOptions options, Recovered recovered) {
        this.files = files;
        this.options = options;
        messages = new LogMessages(options.cacheName());
        ring = recovered.headers().ring();
        index = recovered.index();
        fingerprints = recovered.identity().fingerprints();
        clock = recovered.clock();
        counters.damagedEntries.add(recovered.damagedEntries());
        segments = new SegmentTable(
                recovered.manifest().nextSegmentId(), options.isDiskBounded() && !options.rejectsWhenFull());
        for (var found : recovered.segments()) {
            segments.addFound(Segment.recovered(found, files, found.header().framing()));
        }
        var leftovers = new Leftovers(files);
        var pending = new PendingTombstones();
        var trouble = new DiskTrouble(options.nanoTime());
        appender = new Appender(files, options, recovered, segments, leftovers, this::wake, this::flushHints);
        maxRecordBytes = (int) Math.min(
                Math.min(options.maxRecordBytes(), appender.sizes.frameBytesMax() - appender.suite.recordBytes),
                options.maxDiskBytes() / RECORDS_IN_BOUND);
        reserve = new Reserve(files, appender.sizes.minBytes());
        var bound = new DiskBound(files, options, appender, segments, reserve, recovered.otherBytes());
        var loss =
                new TailLoss(appender, segments, index, fingerprints, pending, trouble, leftovers, counters, messages);
        flusher = new Flusher(files, appender, segments, waiters, counters, loss);
        syncing = new SyncOnDemand(flusher, waiters, options.background(), this::wake, messages);
        tombstones = new Tombstones(appender, index, fingerprints, segments, clock, pending);
        mender = new Mender(files, flusher, appender, tombstones, trouble, loss, leftovers, counters, messages);
        gate = new WriteGate(
                appender,
                trouble,
                reserve,
                tombstones,
                mender,
                bound,
                this::makeRoom,
                counters,
                messages,
                options.nanoTime());
        var deadlines = new SlotDeadline(recovered.identity().deadlinesSinceMillis());
        changes = new Changes(appender, index, fingerprints, segments, deadlines.latest());
        invalidation = new Invalidation(gate, appender, changes, tombstones, messages);
        reader = new RecordReader(
                index,
                fingerprints,
                segments,
                counters,
                messages,
                gate,
                options.isAlways() ? this::awaitSync : (segment, at) -> {});
        expiry = new ExpiryWatch(options.nanoTime(), trouble, clock.millis());
        expirer = new Expirer(appender, index, segments, clock, expiry);
        expiredKeys = new ExpiredKeys(index, reader, expirer, expiry, clock, messages);
        hints = new Hints(files, options, fingerprints, appender, segments, bound, trouble, leftovers, messages);
        segments.all().forEach(found -> hints.take(found, recovered.hintBytes()));
        sealer = new Sealer(
                files, flusher, appender, segments, waiters, clock, messages, hints, recovered.manifest(), ring);
        var dropper = new Dropper(flusher, appender, segments, clock, sealer, leftovers, hints);
        var renewal = ring == null ? null : new Renewal(ring, clock);
        compactor = new Compactor(
                files,
                flusher,
                appender,
                segments,
                index,
                fingerprints,
                clock,
                expiry,
                bound,
                options.rejectsWhenFull(),
                tombstones,
                dropper,
                hints,
                leftovers,
                counters,
                messages,
                renewal);
        keys = ring == null || renewal == null
                ? null
                : new KeyUpkeep(
                        ring,
                        renewal,
                        options.random(),
                        flusher,
                        appender,
                        segments,
                        sealer,
                        compactor,
                        gate,
                        fingerprints,
                        messages);
        figures = new Figures(index, appender, segments, reserve, compactor, counters);
        maintenance = new Maintenance(
                options,
                flusher,
                appender,
                waiters,
                sealer,
                dropper,
                compactor,
                expirer,
                leftovers,
                trouble,
                reserve,
                tombstones,
                mender,
                hints,
                keys,
                messages);
        backpressure = new Backpressure(appender, segments, sealer, maintenance, options.nanoTime());
    }

    /** Keeps some room, and starts the thread. */
    void begin() {
        reserve.restore();
        if (ring != null) {
            ring.begin(messages, options);
        }
        if (options.background()) {
            thread = StoreThread.start(options.cacheName(), () -> maintenance.step(false), maintenance::nanosToWait);
        }
    }

    /** Waits until a record is synced or lost. */
    void awaitSync(Segment segment, long offset) {
        syncing.await(segment, offset);
    }

    private void flushHints(Segment head) {
        hints.flush(head);
    }

    private boolean makeRoom() {
        return maintenance.makeRoom();
    }

    private void wake() {
        var running = thread;
        if (running != null) {
            running.wake();
        }
    }

    /** Makes an entry absent whose new deadline was lost: the index shows it already, and the old one only the disk knows. */
    void forgetTouched(Fingerprint fingerprint, long stamp) {
        appender.lock.lock();
        try {
            changes.forget(fingerprint, stamp);
        } finally {
            appender.lock.unlock();
        }
    }

    StoreCursor cursor() {
        return new LogCursor(LogCursor.parts(appender, segments, options.isAlways()), reader, gate, counters, messages);
    }

    /** Syncs, seals, and lets go of everything. The first failure is thrown when all is done. */
    void close() {
        if (gate.isClosed()) {
            return;
        }
        hints.stop();
        var running = thread;
        if (running != null) {
            running.stop();
        }
        flusher.lock.lock();
        try {
            if (gate.isClosed()) {
                return;
            }
            IOException failure = null;
            try {
                end();
            } catch (IOException e) {
                failure = e;
            } finally {
                release();
            }
            try {
                files.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
            if (failure != null) {
                throw messages.failed("not everything could be written when the store was closed", failure);
            }
        } finally {
            flusher.lock.unlock();
            if (ring != null) {
                ring.anchoring().end(); // which may take a while
            }
        }
    }

    private void end() throws IOException {
        compactor.abort();
        try {
            appender.lock.lock();
            try {
                gate.close();
                mender.mendBeforeClosing();
                if (tombstones.arePending()) {
                    tombstones.writePending();
                }
            } finally {
                appender.retireHead();
                appender.lock.unlock();
            }
        } finally {
            flusher.flush();
        }
        var heads = appender.retired();
        sealer.sealAll();
        hints.finishGathered();
        heads.forEach(hints::writeLast);
    }

    private void release() {
        List<Segment> all;
        appender.lock.lock();
        try {
            gate.close();
            all = segments.all();
        } finally {
            appender.lock.unlock();
        }
        for (var segment : all) {
            segment.reader.close();
            var gathered = segment.takeHints();
            if (gathered != null) {
                gathered.close();
            }
            var file = segment.writer;
            segment.writer = null;
            if (file != null) {
                Leftovers.close(file, segment.name);
            }
        }
        all.forEach(Segment::wipe);
        if (ring != null) {
            ring.close();
        }
        waiters.release();
    }
}
