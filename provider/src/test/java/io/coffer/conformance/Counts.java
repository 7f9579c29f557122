package io.coffer.conformance;

/** What the statistics say, or by how much they grew. */
record Counts(long hits, long misses, long puts, long removals, long evictions) {

    static final Counts ZERO = new Counts(0, 0, 0, 0, 0);

    Counts minus(Counts before) {
        return new Counts(
                hits - before.hits,
                misses - before.misses,
                puts - before.puts,
                removals - before.removals,
                evictions - before.evictions);
    }

    Counts plus(long moreHits, long moreMisses, long morePuts, long moreRemovals) {
        return new Counts(hits + moreHits, misses + moreMisses, puts + morePuts, removals + moreRemovals, evictions);
    }

    @Override
    public String toString() {
        return hits + " hits " + misses + " misses " + puts + " puts " + removals + " removals " + evictions
                + " evictions";
    }
}
