package io.coffer.clients;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.stat.CacheRegionStatistics;
import org.hibernate.tool.schema.Action;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The database of one test, in the memory of H2, and its SessionFactories, which are closed after it. Ordered after
 * {@link ClientCaches}, whose caches are closed last then.
 */
final class BookDatabase implements AfterEachCallback {
    static final String TIMESTAMPS = "default-update-timestamps-region";
    static final String QUERIES = "default-query-results-region";

    /** What an application has to say to cache with us; the second line is the default, without a warning for each region. */
    static final Map<String, Object> CACHING = Map.of(
            "hibernate.cache.region.factory_class", "jcache",
            "hibernate.javax.cache.missing_cache_strategy", "create",
            "hibernate.javax.cache.provider", ClientCaches.PROVIDER,
            "hibernate.cache.use_query_cache", "true");

    /** H2 refuses an update after 2 s if another transaction has the row: too early where a thread may wait for a processor. */
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";

    private final List<SessionFactory> factories = new ArrayList<>();

    /** Opens a SessionFactory that caches. */
    SessionFactory open() {
        return open(CACHING);
    }

    SessionFactory open(Map<String, Object> settings) {
        var factory = new HibernatePersistenceConfiguration("books")
                .managedClasses(Author.class, Book.class, Country.class)
                .jdbcUrl(url)
                .schemaToolingAction(Action.UPDATE)
                .collectStatistics(true)
                .properties(settings)
                .createEntityManagerFactory();
        factories.add(factory);
        return factory;
    }

    /** Tells what Hibernate counts of a region. */
    static CacheRegionStatistics region(SessionFactory factory, String region) {
        return factory.getStatistics().getCacheRegionStatistics(region);
    }

    /** Puts a book and a review into the database, and nothing into a cache. */
    static void storeBook(SessionFactory factory) {
        factory.inTransaction(session -> {
            var author = new Author(1, "Mary Shelley");
            session.persist(author);
            var book = new Book(1, "978-0", "Frankenstein");
            book.author = author;
            book.reviews.add("dark");
            session.persist(book);
            session.persist(new Country("CH", "Switzerland"));
        });
        factory.getCache().evictAllRegions();
        factory.getStatistics().clear();
    }

    /** Does what others do to the database, unknown to Hibernate. */
    void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        factories.forEach(SessionFactory::close);
        execute("SHUTDOWN");
    }
}
