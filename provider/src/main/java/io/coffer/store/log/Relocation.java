package io.coffer.store.log;

import java.util.Arrays;

/**
 * What a compaction has found alive in one segment, by rising offsets: which slot, and where its record lies now; no location, if it is
 * to leave the index. One thread at a time.
 */
final class Relocation {
    private static final int RECORDS_MIN = 64;

    final Segment victim;
    private long[] froms = new long[RECORDS_MIN];
    private long[] tos = new long[RECORDS_MIN];
    private long[] heads = new long[RECORDS_MIN];
    private int[] tails = new int[RECORDS_MIN];
    private int count;

    Relocation(Segment victim) {
        this.victim = victim;
    }

    void add(Fingerprint fingerprint, long from, long to) {
        if (count == froms.length) {
            int more = count + count / 2;
            froms = Arrays.copyOf(froms, more);
            tos = Arrays.copyOf(tos, more);
            heads = Arrays.copyOf(heads, more);
            tails = Arrays.copyOf(tails, more);
        }
        froms[count] = from;
        tos[count] = to;
        heads[count] = fingerprint.head();
        tails[count] = fingerprint.tail();
        count++;
    }

    int count() {
        return count;
    }

    Fingerprint fingerprint(int at) {
        return new Fingerprint(heads[at], tails[at]);
    }

    /** Brings the slots of some records into the processor's cache, so that who moves them holds a lock for less time. */
    void warm(int from, int to, Warming warming) {
        for (int i = from; i < to; i++) {
            warming.warm(fingerprint(i));
        }
    }

    long from(int at) {
        return froms[at];
    }

    long to(int at) {
        return tos[at];
    }

    /** Returns where the records went, for good. */
    Moved moved(Segment target) {
        var offsets = new int[count];
        var locations = new long[count];
        int moved = 0;
        for (int i = 0; i < count; i++) {
            if (tos[i] != Location.NONE) {
                offsets[moved] = (int) Location.offset(froms[i]);
                locations[moved] = tos[i];
                moved++;
            }
        }
        return new Moved(target, Arrays.copyOf(offsets, moved), Arrays.copyOf(locations, moved));
    }
}
