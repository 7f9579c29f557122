package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A process in which one thread writes over random entries of a store as fast as it can, ten times as often as there are entries, and closes
 * it. The first tenth warms up: what the store is slowed down by later, such as compaction, has begun when times count.
 */
final class Rewriter {
    static final String REWRITTEN = "rewritten";
    private static final int TIMES = 10;

    private Rewriter() {}

    /** Engine, folder, entries, bytes of a value. */
    public static void main(String[] arguments) {
        var kind = EngineKind.valueOf(arguments[0]);
        var records = new Records(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        var random = new SplittableRandom(107);
        try (Engine engine = kind.open(Path.of(arguments[1]), Durability.NONE, records)) {
            rewrite(engine, records, random, 1, new Latencies());
            var latencies = new Latencies();
            long before = System.nanoTime();
            rewrite(engine, records, random, TIMES - 1, latencies);
            double seconds = (System.nanoTime() - before) / 1e9;
            System.out.println(String.join(
                    " ",
                    REWRITTEN,
                    String.valueOf((TIMES - 1.0) * records.count() / seconds),
                    String.valueOf(latencies.micros(0.5)),
                    String.valueOf(latencies.micros(0.99)),
                    String.valueOf(latencies.micros(0.999)),
                    String.valueOf(latencies.longestMicros())));
        }
    }

    private static void rewrite(
            Engine engine, Records records, SplittableRandom random, int times, Latencies latencies) {
        long puts = (long) times * records.count();
        for (long i = 0; i < puts; i++) {
            int ordinal = random.nextInt(records.count());
            byte[] key = Records.key(ordinal);
            byte[] value = records.otherValue(ordinal + (int) i);
            long before = System.nanoTime();
            engine.put(key, value);
            latencies.add(System.nanoTime() - before);
        }
    }
}
