package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on an index and on a HashMap. */
class IndexModelTest {
    private static final int SEGMENTS = 8;

    /** Many keys and few, shards that split early and late, fingerprints that are random, crowded, or have one head for all. */
    @ParameterizedTest
    @CsvSource({
        "1, 20, 8192, 0, 50000",
        "2, 500, 8192, 0, 150000",
        "3, 20000, 8192, 0, 400000",
        "4, 20000, 16, 0, 100000",
        "5, 3000, 64, 56, 100000",
        "6, 3000, 8192, 48, 100000",
        "7, 40, 8, 64, 50000",
        "8, 200, 8192, 64, 50000"
    })
    void anyOperation_randomOrder_doesWhatTheMapDoes(
            long seed, int keys, int shardEntriesMax, int equalHeadBits, int steps) {
        var random = new Random(seed);
        var index = new Index(0, shardEntriesMax);
        var model = new HashMap<Fingerprint, Slot>();
        var fingerprints = new Fingerprint[keys];
        for (int i = 0; i < keys; i++) {
            long head = equalHeadBits == 64 ? 0x7777L : (random.nextLong() >>> equalHeadBits) | 1;
            fingerprints[i] = new Fingerprint(head, random.nextInt() & 0xFFFF_FFFFL);
        }

        for (int step = 0; step < steps; step++) {
            // The number of entries swells and shrinks, so that tables grow and shrink.
            boolean swelling = step / (keys * 4) % 2 == 0;
            var fingerprint = fingerprints[random.nextInt(keys)];
            var expected = model.get(fingerprint);
            int now = step;
            Supplier<String> place = () -> "seed %d, step %d".formatted(seed, now);
            long location = Location.of(random.nextInt(SEGMENTS), random.nextInt(1 << 28), 24 + random.nextInt(5_000));
            long old = expected != null && random.nextBoolean() ? expected.location() : location;
            boolean same = expected != null && expected.location() == old;
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    if (swelling || expected != null) {
                        var slot = new Slot(location, random.nextInt(1_000_000));
                        assertThat(index.put(fingerprint, slot.location(), slot.expiresAtMillis()))
                                .as(place)
                                .isEqualTo(expected);
                        model.put(fingerprint, slot);
                    } else {
                        assertThat(index.remove(fingerprint)).as(place).isNull();
                    }
                }
                case 3, 4 -> {
                    if (!swelling) {
                        assertThat(index.remove(fingerprint)).as(place).isEqualTo(expected);
                        model.remove(fingerprint);
                    }
                }
                case 5 -> {
                    assertThat(index.removeIf(fingerprint, old)).as(place).isEqualTo(same);
                    if (same) {
                        model.remove(fingerprint);
                    }
                }
                case 6 -> {
                    assertThat(index.replaceIf(fingerprint, old, location))
                            .as(place)
                            .isEqualTo(same);
                    if (same) {
                        model.put(fingerprint, new Slot(location, expected.expiresAtMillis()));
                    }
                }
                case 7 -> {
                    assertThat(index.touchIf(fingerprint, old, step)).as(place).isEqualTo(same);
                    if (same) {
                        model.put(fingerprint, new Slot(old, step));
                    }
                }
                default -> assertThat(index.find(fingerprint)).as(place).isEqualTo(expected);
            }
            if (random.nextInt(steps / 20) == 0) {
                int segment = random.nextInt(SEGMENTS);
                int before = model.size();
                model.values().removeIf(slot -> Location.segment(slot.location()) == segment);
                assertThat(index.removeWhere((at, expiresAtMillis) -> Location.segment(at) == segment))
                        .as(place)
                        .isEqualTo(before - model.size());
                expectSame(index, model, fingerprints, place);
            }
            if (random.nextInt(steps / 3) == 0) {
                index.clear();
                model.clear();
            }
        }
        expectSame(index, model, fingerprints, () -> "seed %d, end".formatted(seed));
    }

    private static void expectSame(
            Index index, Map<Fingerprint, Slot> model, Fingerprint[] fingerprints, Supplier<String> place) {
        assertThat(index.size()).as(place).isEqualTo(model.size());
        for (var fingerprint : fingerprints) {
            assertThat(index.find(fingerprint)).as(place).isEqualTo(model.get(fingerprint));
        }
        var scanned = new HashMap<Fingerprint, Slot>();
        var scan = index.scan();
        while (scan.next()) {
            var fingerprint = new Fingerprint(
                    scan.fingerprint().head(), scan.fingerprint().tail() & 0xFFFF_FFFFL);
            assertThat(scanned.put(fingerprint, new Slot(scan.location(), scan.expiresAtMillis())))
                    .as(place)
                    .isNull();
        }
        assertThat(scanned).as(place).isEqualTo(model);
    }
}
