package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers against writers that make the tables grow, split, shift and shrink under them. */
class IndexConcurrencyTest {
    private static final int KEPT = 200;
    private static final int PASSING = 6_000;
    private static final int ROUNDS = 6;
    private static final int READERS = 2;

    private final Keys keys = new Keys(11);

    /** The location says which key it belongs to, so that a wrong one is seen. */
    private static long locationOf(int key, int version) {
        return Location.of(version & 0xFFFF, key, 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 256, 8_192})
    void find_presentThroughout_alwaysFindsItsOwnLocation(int shardEntriesMax) throws Exception {
        var index = new Index(0, shardEntriesMax);
        for (int key = 0; key < KEPT; key++) {
            index.put(keys.at(key), locationOf(key, 0), key);
        }
        var done = new AtomicBoolean();
        var tasks = new ArrayList<Callable<Long>>();
        for (int reader = 0; reader < READERS; reader++) {
            tasks.add(() -> readUntil(done, index));
        }
        tasks.add(() -> {
            try {
                return comeAndGo(index);
            } finally {
                done.set(true);
            }
        });

        assertThat(run(tasks)).as("lookups").allMatch(count -> count > 0);

        assertThat(index.size()).isEqualTo(KEPT);
    }

    private long readUntil(AtomicBoolean done, Index index) {
        var fingerprints = new Fingerprint[KEPT];
        for (int key = 0; key < KEPT; key++) {
            fingerprints[key] = keys.at(key);
        }
        var passing = new Fingerprint[PASSING];
        for (int key = 0; key < PASSING; key++) {
            passing[key] = keys.at(KEPT + key);
        }
        long lookups = 0;
        int other = 0;
        do {
            for (int key = 0; key < KEPT; key++) {
                var slot = index.find(fingerprints[key]);
                if (slot == null || Location.offset(slot.location()) != key || slot.expiresAtMillis() % 1_000 != key) {
                    throw new AssertionError("Key " + key + " has " + slot);
                }
                other = (other + 1) % PASSING;
                var passed = index.find(passing[other]);
                if (passed != null && Location.offset(passed.location()) != KEPT + other) {
                    throw new AssertionError("Key " + (KEPT + other) + " has " + passed);
                }
                lookups++;
            }
        } while (!done.get());
        return lookups;
    }

    private long comeAndGo(Index index) {
        var random = new Random(1);
        for (int round = 1; round <= ROUNDS; round++) {
            for (int i = 0; i < PASSING; i++) {
                index.put(keys.at(KEPT + i), locationOf(KEPT + i, round), 0);
                int key = random.nextInt(KEPT);
                var now = index.find(keys.at(key));
                assertThat(now).isNotNull();
                assertThat(index.replaceIf(keys.at(key), now.location(), locationOf(key, round)))
                        .isTrue();
                assertThat(index.touchIf(keys.at(key), locationOf(key, round), key + 1_000L * round))
                        .isTrue();
            }
            if (round % 2 == 0) {
                index.removeWhere((location, expiresAtMillis) -> Location.offset(location) >= KEPT);
            } else {
                for (int i = 0; i < PASSING; i++) {
                    assertThat(index.remove(keys.at(KEPT + i))).isNotNull();
                }
            }
        }
        return ROUNDS;
    }

    @Test
    void scan_presentThroughout_meetsEachOnce() throws Exception {
        var index = new Index(0, 64);
        for (int key = 0; key < KEPT; key++) {
            index.put(keys.at(key), locationOf(key, 0), key);
        }
        var done = new AtomicBoolean();
        Callable<Long> scans = () -> {
            long count = 0;
            do {
                var met = new int[KEPT];
                var scan = index.scan();
                while (scan.next()) {
                    if (Location.offset(scan.location()) < KEPT) {
                        met[(int) Location.offset(scan.location())]++;
                    }
                }
                assertThat(met).containsOnly(1);
                count++;
            } while (!done.get());
            return count;
        };
        Callable<Long> writes = () -> {
            try {
                return comeAndGo(index);
            } finally {
                done.set(true);
            }
        };

        assertThat(run(List.of(scans, writes))).allMatch(count -> count > 0);
    }

    /** Compaction moves what callers overwrite: of two that want to replace one location, one wins. */
    @Test
    void replaceIf_twoThreads_eachChangeHappensOnce() throws Exception {
        var index = new Index(0, 16);
        int entries = 500;
        for (int key = 0; key < entries; key++) {
            index.put(keys.at(key), locationOf(key, 0), 0);
        }
        var moved = new AtomicLong();
        Callable<Long> mover = () -> {
            for (int version = 0; version < 200; version++) {
                for (int key = 0; key < entries; key++) {
                    if (index.replaceIf(keys.at(key), locationOf(key, version), locationOf(key, version + 1))) {
                        moved.incrementAndGet();
                    }
                }
            }
            return 1L;
        };

        run(List.of(mover, mover));

        long versions = 0;
        for (int key = 0; key < entries; key++) {
            var slot = index.find(keys.at(key));
            assertThat(slot).isNotNull();
            versions += Location.segment(slot.location());
        }
        assertThat(moved.get()).isEqualTo(versions).isEqualTo(200L * entries);
    }

    @Test
    void put_severalThreads_losesNothing() throws Exception {
        var index = new Index(0, 32);
        var tasks = new ArrayList<Callable<Long>>();
        for (int writer = 0; writer < 4; writer++) {
            int first = writer * 10_000;
            tasks.add(() -> {
                for (int key = first; key < first + 10_000; key++) {
                    assertThat(index.put(keys.at(key), locationOf(key, 1), 0)).isNull();
                }
                return 1L;
            });
        }

        run(tasks);

        assertThat(index.size()).isEqualTo(40_000);
        for (int key = 0; key < 40_000; key++) {
            assertThat(index.find(keys.at(key))).isEqualTo(new Slot(locationOf(key, 1), 0));
        }
    }

    private static List<Long> run(List<Callable<Long>> tasks) throws Exception {
        var pool = Executors.newFixedThreadPool(tasks.size());
        try {
            var barrier = new CyclicBarrier(tasks.size());
            var results = new ArrayList<Future<Long>>();
            for (var task : tasks) {
                results.add(pool.submit(() -> {
                    barrier.await();
                    return task.call();
                }));
            }
            var counts = new ArrayList<Long>();
            for (var result : results) {
                counts.add(result.get(120, TimeUnit.SECONDS));
            }
            return counts;
        } finally {
            pool.shutdownNow();
        }
    }
}
