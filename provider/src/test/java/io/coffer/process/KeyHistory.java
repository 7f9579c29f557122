package io.coffer.process;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to one key: a register with one writer, any number of readers, and clears by anybody. Says of what a read has found
 * whether the key had that at any moment while it ran. Changes have numbers from 1, versions; version 0 is the absence at first.
 *
 * <p>Times are numbers of clears, of those that have begun and of those that have ended, since only they can come between a version and
 * its reader without the writer's knowledge.
 */
final class KeyHistory {
    /** All clears of a store. */
    static final class Clears {
        private final AtomicLong begun = new AtomicLong();
        private final AtomicLong ended = new AtomicLong();

        void clear(Runnable clearing) {
            begun.incrementAndGet();
            clearing.run();
            ended.incrementAndGet();
        }
    }

    /**
     * What was so when a read began.
     *
     * @param lowest the version that it must see, if no newer one and no clear
     * @param aliveFrom the lowest version that can still be there: older ones have been seen to be gone
     */
    record Beginning(int lowest, int aliveFrom, long clearsEnded) {}

    /** Instead of the version of a value. */
    static final int NOT_READ = -1;

    private final Clears clears;
    private final AtomicIntegerArray valueVersions;
    private final AtomicLongArray clearsEndedBefore;
    private final AtomicLongArray clearsBegunAfter;

    /** Changed by the writer alone. */
    private volatile int begun;

    /** Changed by the writer alone. */
    private volatile int ended;

    /** Only grows, by readers: what is older than something that was read cannot be read any more. */
    private final AtomicLong seen = new AtomicLong();

    private final AtomicLong gone = new AtomicLong();

    KeyHistory(Clears clears, int versionsMax) {
        this.clears = clears;
        valueVersions = new AtomicIntegerArray(versionsMax + 1);
        clearsEndedBefore = new AtomicLongArray(versionsMax + 1);
        clearsBegunAfter = new AtomicLongArray(versionsMax + 1);
    }

    /**
     * Begins the next change, and returns its version.
     *
     * @param valueVersion which version's value there will be: this one's after a write, an earlier one's after a touch, 0 after a removal
     */
    int begin(int valueVersion) {
        int version = begun + 1;
        valueVersions.set(version, valueVersion);
        clearsEndedBefore.set(version, clears.ended.get());
        clearsBegunAfter.set(version, Long.MAX_VALUE);
        begun = version;
        return version;
    }

    /** Ends the change that was begun last. */
    void end() {
        clearsBegunAfter.set(begun, clears.begun.get());
        ended = begun;
    }

    /** Says that the change that was begun last has found nothing to change, and so has left nothing. */
    void endAbsent() {
        valueVersions.set(begun, 0);
        end();
    }

    /** Returns the version of the next change. */
    int next() {
        return begun + 1;
    }

    Beginning beginRead() {
        return new Beginning((int) Math.max(ended, seen.get()), (int) gone.get() + 1, clears.ended.get());
    }

    /**
     * Returns what is wrong about what a read has found, or null.
     *
     * @param version the version by which it got its deadline; 0 if it found nothing
     * @param valueVersion the version by which it got its value, or {@link #NOT_READ}
     */
    @Nullable
    String fault(Beginning beginning, int version, int valueVersion) {
        int highest = begun;
        if (version == 0) {
            return absent(beginning, highest);
        }
        if (version < beginning.lowest || version > highest) {
            return "version " + version + ", possible were " + beginning.lowest + " to " + highest;
        }
        if (version < beginning.aliveFrom) {
            return "version " + version + ", which was seen to be gone";
        }
        if (valueVersion != NOT_READ && valueVersions.get(version) != valueVersion) {
            return "version " + version + " with the value of " + valueVersion + " instead of "
                    + valueVersions.get(version);
        }
        if (beginning.clearsEnded > clearsBegunAfter.get(version)) {
            return "version " + version + ", which was cleared since";
        }
        seen.accumulateAndGet(version, Math::max);
        return null;
    }

    private @Nullable String absent(Beginning beginning, int highest) {
        boolean cleared = clears.begun.get() > clearsEndedBefore.get(beginning.lowest);
        for (int version = beginning.lowest; !cleared && version <= highest; version++) {
            cleared = valueVersions.get(version) == 0;
        }
        if (cleared) {
            gone.accumulateAndGet(beginning.lowest, Math::max);
            return null;
        }
        return "nothing, though version " + beginning.lowest + " was there and neither removed nor cleared";
    }
}
