package io.coffer.store.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which segments to compact. Pure functions.
 *
 * <p>Where half of the bytes are not needed any more, copying the other half frees as much as it writes: so in the long run no more is
 * copied than callers have written, and all files together take no more than twice what is alive, and a few segments.
 */
final class Victims {
    /** Segments smaller than this part of the usual size, as frequent restarts leave them, are put together. */
    private static final int SMALL_PART = 8;

    private static final int SMALL_MIN = 4;
    /** Tombstones that cannot vanish may take this part of all; then what keeps them from it is copied. */
    private static final int TOMBSTONES_PART = 5;
    /** If room is short, a segment is copied of which more than this part is not needed. */
    private static final int ROOM_PART = 4;

    private Victims() {}

    /** What the choice is about: those that may go, and the rule for each of them alone. */
    record Candidate(Segment segment, boolean mayShadowsVanish) {
        /** What would have to be copied, by an estimate that is rather too high. */
        long needed() {
            return segment.liveBytes + (mayShadowsVanish ? 0 : segment.shadows.bytes());
        }

        long bytes() {
            return (long) segment.end
                    - segment.header.suite().headerBytes
                    - segment.header.suite().footerBytes();
        }

        long reclaimable() {
            return bytes() - needed();
        }

        boolean isWorthIt() {
            return reclaimable() > 0 && 2 * reclaimable() >= bytes();
        }

        double part() {
            return (double) reclaimable() / Math.max(1, bytes());
        }
    }

    /**
     * Chooses what to compact next, together; nothing if nothing is worth it.
     *
     * @param usualBytes how large segments are now; so much is copied at most, if more than one is chosen
     */
    static List<Segment> choose(List<Candidate> candidates, long usualBytes, long nowMillis) {
        var worth =
                new ArrayList<>(candidates.stream().filter(Candidate::isWorthIt).toList());
        var small = candidates.stream()
                .filter(each -> each.segment.end < usualBytes / SMALL_PART && !each.isWorthIt())
                .toList();
        if (!worth.isEmpty() || small.size() >= SMALL_MIN) {
            worth.sort(Comparator.comparingDouble(Candidate::part).reversed());
            worth.addAll(small);
            return upTo(worth, usualBytes);
        }
        return blocking(candidates, nowMillis);
    }

    private static List<Segment> upTo(List<Candidate> wanted, long usualBytes) {
        var chosen = new ArrayList<Segment>();
        long sum = 0;
        for (var each : wanted) {
            if (chosen.isEmpty() || sum + each.needed() <= usualBytes) {
                chosen.add(each.segment);
                sum += each.needed();
            }
        }
        return chosen;
    }

    /** Chooses what is worth copying if room is short: that of which most is not needed, if it is much. */
    static List<Segment> chooseForRoom(List<Candidate> candidates) {
        return candidates.stream()
                .filter(each -> each.reclaimable() * ROOM_PART > each.bytes())
                .max(Comparator.comparingDouble(Candidate::part))
                .map(each -> List.of(each.segment))
                .orElse(List.of());
    }

    /** Chooses what has to get another key, and is not worth copying else: some of the oldest. */
    static List<Segment> chooseDue(List<Candidate> candidates, Predicate<Segment> isDue, long usualBytes) {
        return upTo(
                candidates.stream()
                        .filter(each -> isDue.test(each.segment))
                        .sorted(Comparator.comparingLong(each -> each.segment.header.createdSequence()))
                        .toList(),
                usualBytes);
    }

    /**
     * Chooses what leaves the disk if nothing is worth copying: the segments that were begun first, with so many bytes at least. They hold
     * what was written, or found worth keeping, before everything else; and nothing in them hides something in another one.
     */
    static List<Segment> chooseForEviction(List<Candidate> candidates, long bytes) {
        var chosen = new ArrayList<Segment>();
        long sum = 0;
        var oldest = candidates.stream()
                .map(Candidate::segment)
                .sorted(Comparator.comparingLong(segment -> segment.header.createdSequence()))
                .toList();
        for (int i = 0; i < oldest.size() && sum < bytes; i++) {
            chosen.add(oldest.get(i));
            sum += oldest.get(i).end;
        }
        return chosen;
    }

    /** If there are too many tombstones: the oldest segment that keeps some of them from vanishing, however much of it is alive. */
    private static List<Segment> blocking(List<Candidate> candidates, long nowMillis) {
        long bytes = candidates.stream().mapToLong(Candidate::bytes).sum();
        long tombstoneBytes = 0;
        long newestTombstone = 0;
        for (var each : candidates) {
            if (each.segment.shadows.tombstoneBytes() > 0) {
                tombstoneBytes += each.segment.shadows.tombstoneBytes();
                newestTombstone = Math.max(newestTombstone, each.segment.maxSequence);
            }
        }
        if (tombstoneBytes * TOMBSTONES_PART < bytes) {
            return List.of();
        }
        long newest = newestTombstone;
        return candidates.stream()
                .map(Candidate::segment)
                .filter(segment -> segment.header.createdSequence() < newest && segment.latestDeadline > nowMillis)
                .min(Comparator.comparingLong(segment -> segment.header.createdSequence()))
                .map(List::of)
                .orElse(List.of());
    }
}
