package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class GhostQueueTest {
    private static final long SEED = 20260108;
    private static final int CAPACITY_MIN = 64;

    private final GhostQueue ghosts = new GhostQueue();

    @Test
    void remove_knownHash_isTrueOnce() {
        ghosts.add(42, 100);

        assertThat(ghosts.remove(42, 100)).isTrue();
        assertThat(ghosts.remove(42, 100)).isFalse();
    }

    @Test
    void remove_unknownHash_isFalse() {
        ghosts.add(42, 100);

        assertThat(ghosts.remove(43, 100)).isFalse();
    }

    @Test
    void remove_hashZeroAndNegative_areKnownAsAnyOther() {
        ghosts.add(0, 100);
        ghosts.add(-1, 100);
        ghosts.add(Integer.MIN_VALUE, 100);

        assertThat(ghosts.remove(0, 100)).isTrue();
        assertThat(ghosts.remove(-1, 100)).isTrue();
        assertThat(ghosts.remove(Integer.MIN_VALUE, 100)).isTrue();
    }

    @Test
    void remove_asManyEvictionsAgoAsTheCapacity_isForgotten() {
        int capacity = 1_000;
        int hash = 42;
        ghosts.add(hash, capacity);
        // The same hash again and again overwrites its own slot, so that the first ghost can only grow old.
        for (int i = 1; i < capacity; i++) {
            ghosts.add(7, capacity);
        }
        assertThat(ghosts.remove(hash, capacity)).isTrue();

        ghosts.add(hash, capacity);
        for (int i = 0; i < capacity; i++) {
            ghosts.add(7, capacity);
        }
        assertThat(ghosts.remove(hash, capacity)).isFalse();
    }

    @Test
    void remove_addedAgain_isYoungAgain() {
        ghosts.add(42, 0);
        for (int i = 0; i < CAPACITY_MIN; i++) {
            ghosts.add(7, 0);
        }
        ghosts.add(42, 0);

        assertThat(ghosts.remove(42, 0)).isTrue();
    }

    @Test
    void remove_capacityNearZero_remembersTheLeastNumber() {
        ghosts.add(42, 1);
        for (int i = 1; i < CAPACITY_MIN; i++) {
            ghosts.add(7, 1);
        }

        assertThat(ghosts.remove(42, 1)).isTrue();
    }

    @Test
    void add_capacityGrows_keepsWhatWasKnown() {
        ghosts.add(42, 10);

        ghosts.add(43, 1_000_000);

        assertThat(ghosts.remove(42, 1_000_000)).isTrue();
        assertThat(ghosts.remove(43, 1_000_000)).isTrue();
    }

    @Test
    void remove_randomHashesUpToTheCapacity_areMostlyKnown() {
        var random = new Random(SEED);
        var hashes = random.ints(10_000).toArray();

        assertThat(knownOf(i -> hashes[i], hashes.length)).as("seed %d", SEED).isGreaterThan(9_000);
    }

    @Test
    void remove_successiveHashes_areMostlyKnown() {
        assertThat(knownOf(i -> i, 10_000)).isGreaterThan(9_000);
    }

    /** Doubles, addresses and the like have hashes whose lower bits are zero. */
    @Test
    void remove_hashesOfRoundNumbers_areMostlyKnown() {
        assertThat(knownOf(i -> Double.hashCode(i), 10_000)).isGreaterThan(8_000);
        assertThat(knownOf(i -> i << 16, 10_000)).isGreaterThan(8_000);
    }

    /** Wrapping around takes two thousand million evictions, so the counter is only driven past what a short would hold. */
    @Test
    void remove_afterManyEvictions_stillTellsYoungFromOld() {
        for (int i = 0; i < 200_000; i++) {
            ghosts.add(i, 1_000);
        }

        assertThat(ghosts.remove(199_999, 1_000)).isTrue();
        assertThat(ghosts.remove(100_000, 1_000)).isFalse();
    }

    private static int knownOf(IntUnaryOperator hash, int count) {
        var ghosts = new GhostQueue();
        for (int i = 0; i < count; i++) {
            ghosts.add(hash.applyAsInt(i), count);
        }
        int known = 0;
        for (int i = 0; i < count; i++) {
            known += ghosts.remove(hash.applyAsInt(i), count) ? 1 : 0;
        }
        return known;
    }
}
