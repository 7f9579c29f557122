package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A process that writes over random entries of a store, ten times as often as there are entries, and closes it. */
final class Rewriter {
    private static final int TIMES = 10;

    private Rewriter() {}

    /** Engine, folder, entries, bytes of a value. */
    public static void main(String[] arguments) {
        var kind = EngineKind.valueOf(arguments[0]);
        var records = new Records(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        var random = new SplittableRandom(107);
        try (Engine engine = kind.open(Path.of(arguments[1]), Durability.NONE, records)) {
            for (long i = 0; i < (long) TIMES * records.count(); i++) {
                int ordinal = random.nextInt(records.count());
                engine.put(Records.key(ordinal), records.otherValue(ordinal + (int) i));
            }
        }
    }
}
