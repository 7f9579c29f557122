package io.coffer.config;

import java.util.Set;

/**
 * The regions in which Hibernate keeps query results and notes when a table was changed. Their names may follow a prefix, and may
 * be those of Hibernate before 5.3.
 *
 * <p>A result counts as good as long as no note is younger, so a note that is missing makes Hibernate serve what is outdated, for
 * good. Thus {@code defaults} never bound the notes, in memory or on disk; and they persist neither region, since results that
 * outlive their notes, or a change of the tables while the application was down, are outdated.
 */
final class HibernateRegions {
    private static final Set<String> UPDATE_TIMESTAMPS = Set.of(
            "default-update-timestamps-region",
            "org.hibernate.cache.spi.TimestampsRegion",
            "org.hibernate.cache.spi.UpdateTimestampsCache");
    private static final Set<String> QUERY_RESULTS = Set.of(
            "default-query-results-region",
            "org.hibernate.cache.spi.QueryResultsRegion",
            "org.hibernate.cache.internal.StandardQueryCache");

    private static final Set<String> BOUNDS =
            Set.of("maxEntries", "maxBytes", "weigher", "expiry", "maxDiskBytes", "minFreeDiskBytes");

    private HibernateRegions() {}

    /** Tells whether a setting of {@code defaults} must not be made for a cache. */
    static boolean isWithheld(String setting, String cacheName) {
        return setting.equals("store") ? isOfQueries(cacheName) : isTimestamps(cacheName) && BOUNDS.contains(setting);
    }

    /** Tells whether a cache holds query results, or what tells whether they are outdated. */
    static boolean isOfQueries(String cacheName) {
        return isTimestamps(cacheName) || QUERY_RESULTS.stream().anyMatch(cacheName::endsWith);
    }

    private static boolean isTimestamps(String cacheName) {
        return UPDATE_TIMESTAMPS.stream().anyMatch(cacheName::endsWith);
    }
}
