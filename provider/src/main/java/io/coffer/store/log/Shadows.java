package io.coffer.store.log;

/**
 * Records of a segment that hide something older: REMOVE, CLEAR, TOUCH, PUT with the shadow mark, and those lost to damage. Immutable.
 *
 * @param count how many there are
 * @param bytes what they take if only their keys are kept
 * @param tombstoneBytes the same of those that are no PUT
 */
record Shadows(int count, long bytes, long tombstoneBytes) {
    static final Shadows NONE = new Shadows(0, 0, 0);

    /** Whether a record hides something older, as far as it tells itself. */
    static boolean includes(RecordType type, boolean shadow) {
        return switch (type) {
            case PUT -> shadow;
            case REMOVE, CLEAR, TOUCH -> true;
            case SYNC, FOOTER -> false;
        };
    }

    /** Returns these and one more. */
    Shadows with(RecordType type, int bytesWithoutValue) {
        return new Shadows(
                count + 1,
                bytes + bytesWithoutValue,
                tombstoneBytes + (type == RecordType.PUT ? 0 : bytesWithoutValue));
    }

    /** Returns these and others. */
    Shadows and(Shadows others) {
        return new Shadows(count + others.count, bytes + others.bytes, tombstoneBytes + others.tombstoneBytes);
    }

    /** Returns these and records that are lost, so that nobody knows what they hide. */
    Shadows withLost(long records) {
        return new Shadows((int) Math.min(Integer.MAX_VALUE, count + records), bytes, tombstoneBytes);
    }
}
