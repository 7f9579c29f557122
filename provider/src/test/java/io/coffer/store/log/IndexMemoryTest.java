package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Counts the bytes of the arrays and objects that the index holds. */
class IndexMemoryTest {
    private static final int ENTRIES_FROM = 1_000;
    private static final int ENTRIES_TO = 400_000;
    private static final double BYTES_PER_ENTRY = 40;
    private static final long HERE = Location.of(1, 64, 100);

    private final Keys keys = new Keys(1);

    @Test
    void heapBytes_empty_isLessThanHalfAKilobyte() {
        assertThat(new Index(0).heapBytes()).isLessThan(512);
    }

    @Test
    void heapBytes_tenEntries_isLessThanAKilobyte() {
        var index = new Index(0);
        fill(index, 0, 10);

        assertThat(index.heapBytes()).isLessThan(1_024);
    }

    @Test
    void heapBytes_growing_isAtMost40AnEntryAtEverySize() {
        var index = new Index(0);
        double worst = 0;
        int from = 0;
        for (int entries = ENTRIES_FROM; entries <= ENTRIES_TO; entries = Math.max(entries + 1, entries * 101 / 100)) {
            fill(index, from, entries);
            from = entries;
            worst = Math.max(worst, index.heapBytes() / (double) entries);
        }

        assertThat(worst).isBetween(24.0, BYTES_PER_ENTRY);
    }

    @Test
    void heapBytes_overwriting_doesNotGrow() {
        var index = new Index(0);
        fill(index, 0, 100_000);
        long before = index.heapBytes();

        fill(index, 0, 100_000);

        assertThat(index.heapBytes()).isEqualTo(before);
    }

    @Test
    void heapBytes_halfRemoved_isAtMost40AnEntry() {
        var index = new Index(0);
        fill(index, 0, 200_000);
        for (int i = 0; i < 200_000; i += 2) {
            index.remove(keys.at(i));
        }

        assertThat(index.heapBytes() / 100_000.0).isLessThan(BYTES_PER_ENTRY);
    }

    private void fill(Index index, int from, int to) {
        for (int i = from; i < to; i++) {
            index.put(keys.at(i), HERE, LogFormat.ETERNAL);
        }
    }
}
