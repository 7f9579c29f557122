package io.coffer.benchmarks;

import java.util.Map;
import javax.cache.Cache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A {@code Cache<String, String>}: the rows that ask what an operation costs and not what a copy costs. */
@State(Scope.Benchmark)
public class StringBenchmark {
    @Param({"COFFER", "CACHE2K", "CAFFEINE"})
    public Contender contender;

    @Param("false")
    public boolean storeByValue;

    @Param("false")
    public boolean statistics;

    @Param("ETERNAL")
    public Expiry expiry;

    private final Alternation alternation = new Alternation();
    private OpenCache<String> opened;
    private Cache<String, String> cache;

    @Setup
    public void open(Entries entries) {
        var settings = new Settings(storeByValue, statistics, expiry);
        opened = OpenCache.open(contender, entries, String.class, settings, Entries::value);
        cache = opened.cache();
    }

    @TearDown
    public void close() {
        opened.close();
    }

    @Benchmark
    public String get(Entries entries, Cursor cursor) {
        return cache.get(entries.key(cursor.next()));
    }

    @Benchmark
    public void put(Entries entries, Cursor cursor) {
        cache.put(entries.key(cursor.next()), entries.spareValue(cursor.steps()));
    }

    @Benchmark
    public boolean replace(Entries entries, Cursor cursor) {
        int ordinal = cursor.next();
        return Replaced.require(
                cache.replace(entries.key(ordinal), entries.expectedValue(ordinal), entries.equalValue(ordinal)));
    }

    @Benchmark
    public String invoke(Entries entries, Cursor cursor) {
        return cache.invoke(entries.key(cursor.next()), alternation);
    }

    @Benchmark
    public Map<String, String> getAll(Entries entries, KeySets sets) {
        return cache.getAll(sets.next());
    }
}
