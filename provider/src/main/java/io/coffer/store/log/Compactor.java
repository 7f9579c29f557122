package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compacts, a piece at a time, so that whoever waits for a sync does not wait for long. See {@link Compaction} for how, and
 * {@link Victims} for what. Guarded by the flush lock.
 */
final class Compactor {
    private static final int PIECE_BYTES = 1 << 20;

    private final Files files;
    private final Flusher flusher;
    private final Appender appender;
    private final SegmentTable segments;
    private final Index index;
    private final Fingerprints fingerprints;
    private final StoreClock clock;
    private final ExpiryWatch expiry;
    private final Tombstones tombstones;
    private final Dropper dropper;
    private final Leftovers leftovers;
    private final LogCounters counters;
    private final LogMessages messages;
    private @Nullable Compaction running;

    Compactor(
            Files files,
            Flusher flusher,
            Appender appender,
            SegmentTable segments,
            Index index,
            Fingerprints fingerprints,
            StoreClock clock,
            ExpiryWatch expiry,
            Tombstones tombstones,
            Dropper dropper,
            Leftovers leftovers,
            LogCounters counters,
            LogMessages messages) {
        this.files = files;
        this.flusher = flusher;
        this.appender = appender;
        this.segments = segments;
        this.index = index;
        this.fingerprints = fingerprints;
        this.clock = clock;
        this.expiry = expiry;
        this.tombstones = tombstones;
        this.dropper = dropper;
        this.leftovers = leftovers;
        this.counters = counters;
        this.messages = messages;
    }

    /**
     * Does a piece, or begins. The disk is in no trouble, and no removal is still to be written. Returns false if there is nothing to do.
     *
     * @throws IOException if the disk refuses; then nothing has changed
     */
    boolean step() throws IOException {
        boolean done = false;
        try {
            var compaction = running == null ? begin() : running;
            running = compaction;
            if (compaction != null && !compaction.copy(PIECE_BYTES)) {
                complete(compaction);
            }
            done = true;
            return compaction != null;
        } catch (VictimDamagedException e) {
            e.victim.unsound = true;
            e.victim.damage.warn(messages.damaged(e.victim.name, e.offset).getMessage() + " It is not compacted.", e);
            return true;
        } finally {
            if (!done) {
                abort();
            }
        }
    }

    private @Nullable Compaction begin() throws IOException {
        List<Segment> victims;
        VanishRule rule;
        SegmentHeader header;
        int number;
        appender.lock.lock();
        try {
            victims = victims();
            if (victims.isEmpty()) {
                return null;
            }
            rule = rule(victims);
            header = appender.header(SegmentKind.COMPACTED, appender.lastSequence());
            number = segments.takeNumber();
        } finally {
            appender.lock.unlock();
        }
        // Of what hides the victims' records, and of the deadlines that are copied, nothing must be lost: so neither is
        // the header's number.
        flusher.flush();
        var output = CompactedOutput.begin(files, header, number, leftovers);
        return new Compaction(victims, rule, output, index, fingerprints, clock, expiry);
    }

    private List<Segment> victims() {
        var candidates = segments.dispensable().stream()
                .filter(segment -> !segment.unsound)
                .map(segment -> new Victims.Candidate(
                        segment,
                        segment.shadows.count() == 0 || rule(List.of(segment)).mayVanish(segment.maxSequence)))
                .toList();
        return Victims.choose(candidates, appender.sizes.usualBytes(), clock.millis());
    }

    private VanishRule rule(List<Segment> leaving) {
        return VanishRule.of(segments.all(), leaving, segments.clearedSequence(), clock.millis());
    }

    /** What was copied, and what was taken for dead, is right only with changes that need not be synced yet. */
    private void complete(Compaction compaction) throws IOException {
        var target = compaction.seal();
        if (target != null) {
            flusher.syncNames();
        }
        flusher.flush();
        if (tombstones.arePending()) {
            abort(); // an index that does not show what the disk still has is no guide
            return;
        }
        running = null;
        if (target == null) {
            compaction.abort(leftovers);
        } else {
            counters.compactedBytes.add(target.end);
        }
        compaction.publish(target, segments, appender.lock);
        dropper.drop();
    }

    /** How long the file is that is being written. */
    int bytes() {
        var compaction = running;
        return compaction == null ? 0 : compaction.bytes();
    }

    /** Gives up what has been begun; nothing has changed. */
    void abort() {
        var compaction = running;
        running = null;
        if (compaction != null) {
            compaction.abort(leftovers);
        }
    }
}
