package io.coffer.store.log;

import java.util.Collection;

/**
 * Which records that hide older ones may leave the disk: REMOVE, CLEAR, TOUCH, and a PUT that replaced a later deadline.
 *
 * <p>Such a record, with sequence number s, is needed as long as something older than s may come back or be older than it should: that
 * can only lie in segments that were begun before s was given out, and only if not everything in them has expired. A segment that was
 * begun later holds nothing older, since its records were written later, or, if compacted, since the index did not point at the older any
 * more. What a CLEAR covers needs no such care: that record stays as long as there is anything older.
 */
final class VanishRule {
    private final long oldestOther;
    private final long clearedSequence;

    private VanishRule(long oldestOther, long clearedSequence) {
        this.oldestOther = oldestOther;
        this.clearedSequence = clearedSequence;
    }

    /**
     * The rule for records of some segments that are about to go, all together. With the append lock.
     *
     * @param all segments that there are
     * @param leaving those that go
     */
    static VanishRule of(Collection<Segment> all, Collection<Segment> leaving, long clearedSequence, long nowMillis) {
        long oldest = Long.MAX_VALUE;
        for (var segment : all) {
            if (segment.latestDeadline > nowMillis && !leaving.contains(segment)) {
                oldest = Math.min(oldest, segment.header.createdSequence());
            }
        }
        return new VanishRule(oldest, clearedSequence);
    }

    /** Whether a record with a sequence number may go, and so all with lesser ones. */
    boolean mayVanish(long sequence) {
        return sequence <= oldestOther || sequence < clearedSequence;
    }
}
