package io.coffer.benchmarks;

import java.util.List;

/** Whom a row is measured on: a JCache provider, found by the name of its class, or the map below all of them. */
public enum Contender {
    COFFER("Coffer", "io.coffer.jcache.CofferCachingProvider"),
    CACHE2K("cache2k", "org.cache2k.jcache.provider.JCacheProvider"),
    /** With what cache2k gives up of JCache as soon as it is configured in its own words; measured when asked for. */
    CACHE2K_RELAXED("cache2k relaxed", CACHE2K.className),
    CAFFEINE("Caffeine", "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"),
    MAP("ConcurrentHashMap", "java.util.concurrent.ConcurrentHashMap");

    private final String title;
    private final String className;

    Contender(String title, String className) {
        this.title = title;
        this.className = className;
    }

    /** Those of the published table: what they promise is the same. */
    static List<Contender> published() {
        return List.of(COFFER, CACHE2K, CAFFEINE, MAP);
    }

    /** The name in the table's head. */
    String title() {
        return title;
    }

    /** The class of the provider, or of the map. */
    String className() {
        return className;
    }

    /** Whether Coffer wants to be compared with it: the other providers of all that JCache prescribes. */
    boolean isPeer() {
        return this == CACHE2K || this == CAFFEINE;
    }

    /** Whether its class is there to be measured. Nothing of it is initialized by asking. */
    boolean isOnClassPath() {
        try {
            Class.forName(className, false, Contender.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
