package io.coffer.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.management.JMException;
import javax.management.ObjectName;

/** That a cache does what its row says. A number from a cache that does not is worth nothing: each check throws. */
final class Checks {
    /** Reading back each value would cost more than measuring, where values are copied. */
    private static final int READ_EVERY = 97;

    private Checks() {}

    static void holdsAllKeys(Cache<String, ?> cache, Entries entries) {
        for (int i = 0; i < Entries.COUNT; i++) {
            require(cache.containsKey(entries.key(i)), "No entry for " + entries.key(i) + ": is the cache bounded?");
        }
    }

    /** All keys, the right values, and copies of them exactly where the row asks for copies. */
    static <V> void holds(Cache<String, V> cache, Entries entries, boolean storeByValue, IntFunction<V> valueAt) {
        holdsAllKeys(cache, entries);
        for (int i = 0; i < Entries.COUNT; i += READ_EVERY) {
            V first = cache.get(entries.key(i));
            require(valueAt.apply(i).equals(first), "Wrong value for " + entries.key(i));
            // Strings are immutable, so a provider may share them whatever the configuration says.
            boolean mustShare = !storeByValue;
            boolean mayShare = mustShare || first instanceof String;
            boolean isShared = cache.get(entries.key(i)) == first;
            require(isShared ? mayShare : !mustShare, "Stored by value: expected " + storeByValue);
        }
    }

    /** A policy that notes its calls shows that the configuration the rows use reaches the provider. */
    static void callsExpiryPolicy(CacheManager manager, Contender contender) {
        Collection<String> calls = new ConcurrentLinkedQueue<>();
        var settings = new Settings(false, false, Expiry.TOUCHED);
        var configuration = Configurations.of(contender, String.class, settings, () -> new NotingExpiryPolicy(calls));
        Cache<String, String> probe = manager.createCache("probe", configuration);
        probe.put("key", "value");
        require("value".equals(probe.get("key")), "The probe lost its entry");
        require(
                calls.containsAll(List.of(NotingExpiryPolicy.CREATION, NotingExpiryPolicy.ACCESS)),
                "Calls of the expiry policy: " + calls);
        manager.destroyCache("probe");
    }

    /** The policy of the measured cache itself: not every provider hands it out again with its configuration. */
    static void createdExpiryPolicy(int policies) {
        require(policies > 0, "The provider has not asked for the expiry policy");
    }

    /** With statistics there is a bean that has counted, without them there is none. */
    static void counts(String cacheName, boolean expected) {
        try {
            var server = ManagementFactory.getPlatformMBeanServer();
            var pattern = new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cacheName + ",*");
            long counted = 0;
            for (ObjectName bean : server.queryNames(pattern, null)) {
                counted +=
                        (Long) server.getAttribute(bean, "CacheGets") + (Long) server.getAttribute(bean, "CachePuts");
            }
            require(counted > 0 == expected, "Statistics: expected " + expected + ", counted " + counted);
        } catch (JMException e) {
            throw new IllegalStateException("The statistics of " + cacheName + " cannot be read", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
