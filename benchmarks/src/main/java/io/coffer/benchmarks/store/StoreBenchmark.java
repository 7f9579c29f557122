package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The rows that count operations a second. The engine opens a copy of a folder that holds all entries already. */
@State(Scope.Benchmark)
public class StoreBenchmark {
    private static final int CHECKED_ONE_IN = 97;

    @Param("BARE")
    public EngineKind engine;

    @Param("NONE")
    public Durability durability;

    @Param("1")
    public int entries;

    @Param("1")
    public int valueBytes;

    /** The folder that is copied. */
    @Param("")
    public String filled;

    private Path folder;
    private Records records;
    private Engine opened;

    @Setup
    public void open() throws IOException {
        records = new Records(entries, valueBytes);
        folder = Folders.copy(Path.of(filled), "trial");
        opened = engine.open(folder, durability, records);
    }

    /** Closing is not measured; a folder that is deleted before the disk has seen it does not disturb the next trial. */
    @TearDown
    public void close() throws IOException {
        int present = records.countPresent(opened, CHECKED_ONE_IN);
        opened.close();
        Folders.delete(folder);
        if (present != (entries - 1) / CHECKED_ONE_IN + 1) {
            throw new IllegalStateException("Only " + present + " of each " + CHECKED_ONE_IN + "th entry are there");
        }
    }

    @Benchmark
    public void put(Walk walk) {
        int ordinal = walk.next(entries);
        opened.put(Records.key(ordinal), records.otherValue(ordinal + walk.steps()));
    }

    @Benchmark
    public byte[] get(Walk walk) {
        int ordinal = walk.next(entries);
        return records.requireUnchanged(ordinal, opened.get(Records.key(ordinal)));
    }
}
