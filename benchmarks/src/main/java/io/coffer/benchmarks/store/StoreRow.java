package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Trial;
import io.coffer.spi.Durability;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/** The rows of the table. */
enum StoreRow {
    PUT_NONE("putNone", "`put`, no sync, 1 thread, operations/s", "put", Durability.NONE, 1),
    PUT_INTERVAL("putInterval", "`put`, a sync each second, 1 thread, operations/s", "put", Durability.INTERVAL, 1),
    GET("get", "`get`, only on disk, page cache warm, 1 thread, operations/s", "get", Durability.NONE, 1),
    GET_2("get2", "`get`, the same, 2 threads, operations/s", "get", Durability.NONE, 2),
    PUT_ALWAYS("putAlways", "`put`, synced before it returns, 1 thread, operations/s", "put", Durability.ALWAYS, 1),
    PUT_ALWAYS_16("putAlways16", "`put`, the same, 16 threads, operations/s", "put", Durability.ALWAYS, 16),
    FILL("fill", "filling an empty store, fresh JVM, puts/s"),
    LOAD("load", "opening an empty store, fresh JVM, ms: classes, native libraries"),
    OPEN("open", "then opening after `kill -9` and first `get`, ms"),
    PRESENT("present", "acknowledged entries that are there after the kill, %"),
    HEAP("heap", "heap, bytes an entry"),
    NATIVE("native", "memory beside heap and page cache, bytes an entry"),
    DISK("disk", "bytes on disk : bytes of keys and values"),
    DISK_REWRITTEN("diskRewritten", "the same after ten times as many puts over random entries");

    private final String id;
    private final String title;
    private final String method;
    private final Durability durability;
    private final int threads;

    StoreRow(String id, String title, String method, Durability durability, int threads) {
        this.id = id;
        this.title = title;
        this.method = method;
        this.durability = durability;
        this.threads = threads;
    }

    /** A row that is known once a store was filled and opened. */
    StoreRow(String id, String title) {
        this(id, title, "", Durability.NONE, 1);
    }

    /** The word for {@code --rows}. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    boolean isThroughput() {
        return !method.isEmpty();
    }

    /** Whether more is better; else less is. */
    boolean isBetterIfMore() {
        return isThroughput() || this == FILL || this == PRESENT;
    }

    /** Some engines do not know this kind of sync, or have nothing on disk that could be opened. */
    boolean isMeasuredOn(EngineKind engine) {
        return engine.supports(durability) && (isThroughput() || engine.isStore());
    }

    /** Only for throughput. */
    Trial trial(EngineKind engine, StorePlan plan, Path filled) {
        return new Trial(
                StoreBenchmark.class,
                method,
                Map.of(
                        "engine", engine.name(),
                        "durability", durability.name(),
                        "entries", String.valueOf(plan.entries()),
                        "valueBytes", String.valueOf(plan.valueBytes()),
                        "filled", filled.toString()),
                engine.title(),
                threads);
    }

    /** Not for throughput. Nothing if that could not be measured. */
    OptionalDouble number(Prepared prepared, Records records) {
        return switch (this) {
            case FILL -> OptionalDouble.of(records.count() / prepared.fillSeconds());
            case LOAD -> OptionalDouble.of(1e3 * prepared.loadSeconds());
            case OPEN ->
                prepared.presentShare() > 0 ? OptionalDouble.of(1e3 * prepared.openSeconds()) : OptionalDouble.empty();
            case PRESENT -> OptionalDouble.of(100 * prepared.presentShare());
            case HEAP -> OptionalDouble.of(Math.max(0, prepared.heapBytes()) / records.count());
            case NATIVE -> OptionalDouble.of(Math.max(0, prepared.nativeBytes()) / records.count());
            case DISK -> OptionalDouble.of(prepared.diskBytes() / records.logicalBytes());
            case DISK_REWRITTEN -> OptionalDouble.of(prepared.rewrittenBytes() / records.logicalBytes());
            case PUT_NONE, PUT_INTERVAL, GET, GET_2, PUT_ALWAYS, PUT_ALWAYS_16 ->
                throw new IllegalStateException(this + " is measured by JMH");
        };
    }
}
