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
    private final DiskBound bound;
    private final boolean rejectsWhenFull;
    private final Tombstones tombstones;
    private final Dropper dropper;
    private final Hints hints;
    private final Leftovers leftovers;
    private final LogCounters counters;
    private final LogMessages messages;
    private final @Nullable Renewal renewal;
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
            DiskBound bound,
            boolean rejectsWhenFull,
            Tombstones tombstones,
            Dropper dropper,
            Hints hints,
            Leftovers leftovers,
            LogCounters counters,
            LogMessages messages,
            @Nullable Renewal renewal) {
        this.renewal = renewal;
        this.files = files;
        this.flusher = flusher;
        this.appender = appender;
        this.segments = segments;
        this.index = index;
        this.fingerprints = fingerprints;
        this.clock = clock;
        this.expiry = expiry;
        this.bound = bound;
        this.rejectsWhenFull = rejectsWhenFull;
        this.tombstones = tombstones;
        this.dropper = dropper;
        this.hints = hints;
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
        return step(false);
    }

    /** @param wanted whether somebody waits for room, so that there must be more of it whatever is free by now */
    private boolean step(boolean wanted) throws IOException {
        boolean done = false;
        try {
            var compaction = running == null ? begin(wanted) : running;
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

    private @Nullable Compaction begin(boolean wanted) throws IOException {
        Choice choice;
        VanishRule rule;
        SegmentHeader header;
        int number;
        appender.lock.lock();
        try {
            choice = choose(wanted);
            if (choice.victims.isEmpty()) {
                return null;
            }
            rule = rule(choice.victims);
            header = appender.header(SegmentKind.COMPACTED);
            number = segments.takeNumber();
        } finally {
            appender.lock.unlock();
        }
        // Of what hides the victims' records, and of the deadlines that are copied, nothing must be lost: so neither is
        // the header's number.
        flusher.flush();
        var output = CompactedOutput.begin(files, header, number, hints.begin(header), leftovers);
        return new Compaction(choice.victims, rule, output, index, fingerprints, clock, expiry, choice.evicts);
    }

    /** What goes next, and whether some of what is alive in it leaves the disk. */
    private record Choice(List<Segment> victims, boolean evicts) {}

    private Choice choose(boolean wanted) {
        var candidates = segments.dispensable().stream()
                .map(segment -> new Victims.Candidate(
                        segment,
                        segment.shadows.count() == 0 || rule(List.of(segment)).mayVanish(segment.maxSequence)))
                .toList();
        var sound = candidates.stream().filter(each -> !each.segment().unsound).toList();
        var victims = Victims.choose(sound, appender.sizes.usualBytes(), clock.millis());
        if (victims.isEmpty() && renewal != null) {
            victims = Victims.chooseDue(sound, renewal::isDue, appender.sizes.usualBytes());
        }
        if (victims.isEmpty() && (wanted || bound.isTight())) {
            victims = Victims.chooseForRoom(sound);
            if (victims.isEmpty() && !rejectsWhenFull) {
                return new Choice(Victims.chooseForEviction(sound, appender.sizes.usualBytes()), true);
            }
        }
        return new Choice(victims, false);
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
        counters.evictedEntries.add(compaction.evicted());
        dropper.drop();
        if (target != null) {
            hints.add(target);
        }
    }

    /**
     * Goes on until something has left the disk. As {@link #step}.
     *
     * @return false if there is nothing that could
     */
    boolean makeRoom() throws IOException {
        boolean begun = false;
        while (step(true)) {
            begun = true;
            if (running == null) {
                return true;
            }
        }
        return begun;
    }

    /** Which key the file is encrypted with that is being written; 0 if there is none. */
    int keyEpoch() {
        var compaction = running;
        return compaction == null ? 0 : compaction.keyEpoch();
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
