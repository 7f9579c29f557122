package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Trial;
import io.coffer.benchmarks.Words;
import io.coffer.spi.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

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
    REWRITING_RATE(
            StoreRow.REWRITING,
            "`put`, no sync, 1 thread, over random entries, ten times as many without a pause, puts/s"),
    REWRITING_MEDIAN(StoreRow.REWRITING, "time of a `put` meanwhile, median, µs"),
    REWRITING_P99(StoreRow.REWRITING, "likewise, 99 % took at most, µs"),
    REWRITING_P999(StoreRow.REWRITING, "likewise, 99.9 % took at most, µs"),
    REWRITING_LONGEST(StoreRow.REWRITING, "likewise, the longest, µs"),
    REWRITING_PEAK(StoreRow.REWRITING, "bytes on disk meanwhile, at most : bytes of keys and values"),
    REWRITING_END(StoreRow.REWRITING, "the same after the last of these puts");

    /** One word asks for all that one process tells. */
    private static final String REWRITING = "rewriting";

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

    /** Those that a word of {@code --rows} asks for. */
    static List<StoreRow> named(String word) {
        String id = Words.find(values(), StoreRow::id, word).id();
        return Stream.of(values()).filter(row -> row.id.equals(id)).toList();
    }

    /** The word for {@code --rows}; rows that share one are measured together. */
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
        return isThroughput() || this == FILL || this == PRESENT || this == REWRITING_RATE;
    }

    boolean isRewriting() {
        return id.equals(REWRITING);
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
            case REWRITING_RATE -> told(prepared, Rewriting::putsPerSecond);
            case REWRITING_MEDIAN -> told(prepared, Rewriting::medianMicros);
            case REWRITING_P99 -> told(prepared, Rewriting::p99Micros);
            case REWRITING_P999 -> told(prepared, Rewriting::p999Micros);
            case REWRITING_LONGEST -> told(prepared, Rewriting::longestMicros);
            case REWRITING_PEAK -> told(prepared, rewriting -> rewriting.peakBytes() / records.logicalBytes());
            case REWRITING_END -> told(prepared, rewriting -> rewriting.endBytes() / records.logicalBytes());
            case PUT_NONE, PUT_INTERVAL, GET, GET_2, PUT_ALWAYS, PUT_ALWAYS_16 ->
                throw new IllegalStateException(this + " is measured by JMH");
        };
    }

    private static OptionalDouble told(Prepared prepared, ToDoubleFunction<Rewriting> number) {
        return Stream.ofNullable(prepared.rewriting()).mapToDouble(number).findFirst();
    }
}
