package io.coffer.benchmarks;

import javax.cache.Cache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A {@code Cache<String, Customer>}: mutable values, which cost a copy where they are stored by value. */
@State(Scope.Benchmark)
public class CustomerBenchmark {
    @Param({"COFFER", "CACHE2K", "CAFFEINE"})
    public Contender contender;

    @Param({"true", "false"})
    public boolean storeByValue;

    private OpenCache<Customer> opened;
    private Cache<String, Customer> cache;
    private Customer[] customers;

    @Setup
    public void open(Entries entries) {
        var settings = new Settings(storeByValue, false, Expiry.ETERNAL);
        opened = OpenCache.open(contender, entries, Customer.class, settings, Customer::numbered);
        cache = opened.cache();
        customers = new Customer[Entries.COUNT];
        for (int i = 0; i < Entries.COUNT; i++) {
            customers[i] = Customer.numbered(i);
        }
    }

    @TearDown
    public void close() {
        opened.close();
    }

    @Benchmark
    public Customer get(Entries entries, Cursor cursor) {
        return cache.get(entries.key(cursor.next()));
    }

    @Benchmark
    public void put(Entries entries, Cursor cursor) {
        int ordinal = cursor.next();
        cache.put(entries.key(ordinal), customers[ordinal]);
    }
}
