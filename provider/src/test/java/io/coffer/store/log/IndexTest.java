package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
    private static final long CREATED = 1_900_000_000_000L;
    private static final long LIMIT = CREATED + (1L << 40) - 2;
    private static final Fingerprint KEY = new Fingerprint(0x8123_4567_89AB_CDEFL, 0xFFFF_FFFF_89AB_CDEFL);
    private static final long HERE = Location.of(7, 64, 100);
    private static final long THERE = Location.of(LogFormat.SEGMENTS_MAX - 1, LogFormat.SEGMENT_BYTES_MAX - 1, 1 << 28);

    private final Index index = new Index(CREATED);

    @Test
    void find_nothingPut_isNull() {
        assertThat(index.find(KEY)).isNull();
        assertThat(index.size()).isZero();
    }

    @Test
    void put_newAndAgain_returnsWhatWasThere() {
        assertThat(index.put(KEY, HERE, LogFormat.ETERNAL)).isNull();
        assertThat(index.put(KEY, THERE, CREATED + 5)).isEqualTo(new Slot(HERE, LogFormat.ETERNAL));

        assertThat(index.find(KEY)).isEqualTo(new Slot(THERE, CREATED + 5));
        assertThat(index.size()).isOne();
    }

    @Test
    void find_fingerprintThatDiffersInOneBit_isNull() {
        index.put(KEY, HERE, LogFormat.ETERNAL);

        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(index.find(new Fingerprint(KEY.head() ^ (1L << bit), KEY.rest())))
                    .as("head %d", bit)
                    .isNull();
        }
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            var other = new Fingerprint(KEY.head(), KEY.rest() ^ (1L << bit));
            assertThat(index.find(other)).as("tail %d", bit).isNull();
            index.put(other, THERE, CREATED);
        }
        assertThat(index.find(KEY)).isEqualTo(new Slot(HERE, LogFormat.ETERNAL));
        assertThat(index.size()).isEqualTo(1 + Integer.SIZE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 12_345, (1L << 40) - 3})
    void put_deadline_isKeptToTheMillisecond(long afterCreation) {
        index.put(KEY, THERE, CREATED + afterCreation);

        assertThat(index.find(KEY)).isEqualTo(new Slot(THERE, CREATED + afterCreation));
    }

    @Test
    void put_deadlineThatNoSlotHolds_isFarOrPassed() {
        index.put(KEY, HERE, LIMIT - 1);
        assertThat(index.put(KEY, HERE, LIMIT)).isEqualTo(new Slot(HERE, LIMIT - 1));
        assertThat(index.put(KEY, HERE, LogFormat.ETERNAL - 1)).isEqualTo(new Slot(HERE, Slot.FAR));
        assertThat(index.put(KEY, HERE, Long.MIN_VALUE)).isEqualTo(new Slot(HERE, Slot.FAR));
        assertThat(index.put(KEY, HERE, 0)).isEqualTo(new Slot(HERE, CREATED));
        assertThat(index.find(KEY)).isEqualTo(new Slot(HERE, CREATED));
    }

    @Test
    void put_clockBefore1970AndFarDeadline_isFar() {
        var early = new Index(-5);
        early.put(KEY, HERE, LogFormat.ETERNAL - 1);

        assertThat(early.find(KEY)).isEqualTo(new Slot(HERE, Slot.FAR));
    }

    @Test
    void replaceIf_oldLocation_movesAndKeepsTheDeadline() {
        index.put(KEY, HERE, CREATED + 9);

        assertThat(index.replaceIf(KEY, THERE, HERE)).isFalse();
        assertThat(index.replaceIf(KEY, HERE, THERE)).isTrue();
        assertThat(index.replaceIf(KEY, HERE, THERE)).isFalse();

        assertThat(index.find(KEY)).isEqualTo(new Slot(THERE, CREATED + 9));
        assertThat(index.replaceIf(new Fingerprint(1, 1), HERE, THERE)).isFalse();
        assertThat(index.size()).isOne();
    }

    @Test
    void touchIf_sameLocation_setsTheDeadlineOnly() {
        index.put(KEY, HERE, CREATED + 9);

        assertThat(index.touchIf(KEY, THERE, CREATED + 10)).isFalse();
        assertThat(index.find(KEY)).isEqualTo(new Slot(HERE, CREATED + 9));
        assertThat(index.touchIf(KEY, HERE, LogFormat.ETERNAL)).isTrue();
        assertThat(index.find(KEY)).isEqualTo(new Slot(HERE, LogFormat.ETERNAL));
    }

    @Test
    void remove_thereOrNot_returnsWhatWasThere() {
        assertThat(index.remove(KEY)).isNull();
        index.put(KEY, HERE, CREATED + 9);

        assertThat(index.removeIf(KEY, THERE)).isFalse();
        assertThat(index.remove(KEY)).isEqualTo(new Slot(HERE, CREATED + 9));
        assertThat(index.find(KEY)).isNull();
        index.put(KEY, HERE, CREATED + 9);
        assertThat(index.removeIf(KEY, HERE)).isTrue();

        assertThat(index.find(KEY)).isNull();
        assertThat(index.size()).isZero();
    }

    @Test
    void removeWhere_oneOfSeveralSegments_removesThatOneOnly() {
        var keys = new Keys(3);
        for (int i = 0; i < 50_000; i++) {
            index.put(keys.at(i), Location.of(i % 5, i, 100), LogFormat.ETERNAL);
        }

        assertThat(index.removeWhere((location, expiresAtMillis) -> Location.segment(location) == 2))
                .isEqualTo(10_000);

        assertThat(index.size()).isEqualTo(40_000);
        for (int i = 0; i < 50_000; i++) {
            var slot = index.find(keys.at(i));
            assertThat(slot == null).as("entry %d is gone", i).isEqualTo(i % 5 == 2);
        }
    }

    @Test
    void clear_manyEntries_forgetsThemAndTheirMemory() {
        var keys = new Keys(4);
        for (int i = 0; i < 50_000; i++) {
            index.put(keys.at(i), HERE, LogFormat.ETERNAL);
        }

        index.clear();

        assertThat(index.size()).isZero();
        assertThat(index.find(keys.at(1))).isNull();
        assertThat(index.heapBytes()).isLessThan(1_000);
        index.put(keys.at(1), HERE, LogFormat.ETERNAL);
        assertThat(index.find(keys.at(1))).isNotNull();
    }

    @Test
    void scan_manyEntries_meetsEachOnceWithItsSlot() {
        var keys = new Keys(5);
        for (int i = 0; i < 50_000; i++) {
            index.put(keys.at(i), Location.of(1, i, 100), CREATED + i);
        }

        var met = new HashSet<Long>();
        var scan = index.scan();
        while (scan.next()) {
            assertThat(met.add(Location.offset(scan.location()))).isTrue();
            assertThat(scan.expiresAtMillis()).isEqualTo(CREATED + Location.offset(scan.location()));
            assertThat(index.find(scan.fingerprint())).isEqualTo(new Slot(scan.location(), scan.expiresAtMillis()));
        }

        assertThat(met).hasSize(50_000);
        assertThat(scan.next()).isFalse();
        assertThat(new Index(0).scan().next()).isFalse();
    }

    /** A sweep that removes what it meets, while entries come that split the shards. */
    @Test
    void scan_indexChangesMeanwhile_meetsOnceWhatIsThereThroughout() {
        var small = new Index(CREATED, 64);
        var keys = new Keys(6);
        for (int i = 0; i < 5_000; i++) {
            small.put(keys.at(i), Location.of(1, i, 100), LogFormat.ETERNAL);
        }

        var met = new HashSet<Long>();
        var scan = small.scan();
        int added = 5_000;
        while (scan.next()) {
            if (Location.segment(scan.location()) == 1) {
                assertThat(met.add(Location.offset(scan.location()))).isTrue();
            }
            small.removeIf(scan.fingerprint(), scan.location());
            small.put(keys.at(added), Location.of(2, added, 100), LogFormat.ETERNAL);
            added++;
        }

        assertThat(met).hasSize(5_000);
    }
}
