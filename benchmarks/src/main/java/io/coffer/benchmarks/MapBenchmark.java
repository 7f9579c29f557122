package io.coffer.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The operations of {@link StringBenchmark} on a bare map: what no cache in the heap can be expected to beat. */
@State(Scope.Benchmark)
public class MapBenchmark {
    private final Alternation alternation = new Alternation();
    private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

    @Setup
    public void fill(Entries entries) {
        for (int i = 0; i < Entries.COUNT; i++) {
            map.put(entries.key(i), Entries.value(i));
        }
    }

    @Benchmark
    public String get(Entries entries, Cursor cursor) {
        return map.get(entries.key(cursor.next()));
    }

    @Benchmark
    public String put(Entries entries, Cursor cursor) {
        return map.put(entries.key(cursor.next()), entries.spareValue(cursor.steps()));
    }

    @Benchmark
    public boolean replace(Entries entries, Cursor cursor) {
        int ordinal = cursor.next();
        return Replaced.require(
                map.replace(entries.key(ordinal), entries.expectedValue(ordinal), entries.equalValue(ordinal)));
    }

    @Benchmark
    public String invoke(Entries entries, Cursor cursor) {
        return map.compute(entries.key(cursor.next()), alternation);
    }

    @Benchmark
    public Map<String, String> getAll(Entries entries, KeySets sets) {
        Set<String> keys = sets.next();
        Map<String, String> found = new HashMap<>(2 * keys.size());
        for (String key : keys) {
            String value = map.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }
}
