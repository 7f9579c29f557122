package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;

/** A process that fills a store and goes on writing until it is killed. */
final class Filler {
    static final String FILLED = "filled";

    private Filler() {}

    /** Engine, folder, entries, bytes of a value. */
    public static void main(String[] arguments) {
        var kind = EngineKind.valueOf(arguments[0]);
        var records = new Records(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        Engine engine = kind.open(Path.of(arguments[1]), Durability.NONE, records);
        long before = System.nanoTime();
        records.putAll(engine);
        System.out.println(FILLED + " " + (System.nanoTime() - before) / 1e9);
        while (true) {
            records.putAll(engine);
        }
    }
}
