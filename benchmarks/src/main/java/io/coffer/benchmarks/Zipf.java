package io.coffer.benchmarks;

import java.util.Arrays;
import java.util.Random;

/**
 * Ordinals drawn by Zipf's law: that of rank r with a probability proportional to r^-skew. Which ordinal has which rank
 * is shuffled, the same way for everybody, so that popular entries do not lie side by side in memory.
 */
final class Zipf {
    private static final long SHUFFLE_SEED = 0x5eed;

    private final double[] cumulative;
    private final int[] ordinalOfRank;

    Zipf(int count, double skew) {
        cumulative = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += Math.pow(rank + 1.0, -skew);
            cumulative[rank] = sum;
        }
        ordinalOfRank = shuffled(count);
    }

    int draw(Random random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, point);
        int rank = found >= 0 ? found : -found - 1;
        return ordinalOfRank[Math.min(rank, cumulative.length - 1)];
    }

    private static int[] shuffled(int count) {
        var random = new Random(SHUFFLE_SEED);
        var ordinals = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            ordinals[i] = ordinals[j];
            ordinals[j] = i;
        }
        return ordinals;
    }
}
