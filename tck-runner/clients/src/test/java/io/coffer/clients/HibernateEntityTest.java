package io.coffer.clients;

import static io.coffer.clients.BookDatabase.region;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.RollbackException;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hibernate's second-level cache of entities, in each of the concurrency strategies that it has on JCache. */
final class HibernateEntityTest {
    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final BookDatabase database = new BookDatabase();

    private SessionFactory factory;

    @BeforeEach
    void open() {
        factory = database.open();
        BookDatabase.storeBook(factory);
    }

    static Stream<Arguments> entities() {
        return Stream.of(
                Arguments.of(Book.class, 1L, Book.REGION),
                Arguments.of(Author.class, 1L, Author.REGION),
                Arguments.of(Country.class, "CH", Country.REGION));
    }

    @ParameterizedTest
    @MethodSource("entities")
    void find_secondSession_hitsWithoutAStatement(Class<?> entity, Object id, String region) {
        assertThat(isThere(entity, id)).isTrue();
        assertThat(region(factory, region).getMissCount()).isEqualTo(1);
        assertThat(region(factory, region).getPutCount()).isEqualTo(1);
        long statements = factory.getStatistics().getPrepareStatementCount();

        assertThat(isThere(entity, id)).isTrue();

        assertThat(region(factory, region).getHitCount()).isEqualTo(1);
        assertThat(region(factory, region).getMissCount()).isEqualTo(1);
        assertThat(factory.getStatistics().getPrepareStatementCount()).isEqualTo(statements);
    }

    @ParameterizedTest
    @MethodSource("entities")
    void evict_oneEntity_missesOnceAgain(Class<?> entity, Object id, String region) {
        isThere(entity, id);
        assertThat(factory.getCache().containsEntity(entity, id)).isTrue();

        factory.getCache().evict(entity, id);

        assertThat(factory.getCache().containsEntity(entity, id)).isFalse();
        assertThat(isThere(entity, id)).isTrue();
        assertThat(region(factory, region).getMissCount()).isEqualTo(2);
        assertThat(factory.getCache().containsEntity(entity, id)).isTrue();
    }

    @Test
    void evictRegion_ofBooks_leavesTheOthers() {
        entities().forEach(each -> isThere((Class<?>) each.get()[0], each.get()[1]));

        factory.getCache().evictRegion(Book.REGION);

        assertThat(factory.getCache().containsEntity(Book.class, 1L)).isFalse();
        assertThat(factory.getCache().containsEntity(Author.class, 1L)).isTrue();
        assertThat(factory.getCache().containsEntity(Country.class, "CH")).isTrue();
    }

    /** The timestamps stay, or a result that is still on its way into the query cache would be taken for a fresh one. */
    @Test
    void evictAllRegions_leavesNothingButTheTimestamps() {
        entities().forEach(each -> isThere((Class<?>) each.get()[0], each.get()[1]));

        factory.getCache().evictAllRegions();

        for (var name : caches.manager().getCacheNames()) {
            var region = assertThat(caches.manager().getCache(name)).as(name);
            if (name.equals(BookDatabase.TIMESTAMPS)) {
                region.isNotEmpty();
            } else {
                region.isEmpty();
            }
        }
    }

    /** Hibernate caches what the column holds, so that entities, ids and attributes need not be serializable. */
    @Test
    void find_attributeThatIsNotSerializable_hitsAndIsTheSamePrice() {
        factory.inTransaction(session -> session.find(Book.class, 1L).price = new Price(1250));
        long hits = region(factory, Book.REGION).getHitCount();

        Price price = factory.fromSession(session -> session.find(Book.class, 1L).price);

        assertThat(price).isEqualTo(new Price(1250));
        assertThat(region(factory, Book.REGION).getHitCount()).isEqualTo(hits + 1);
    }

    /** Read-write: the new state is in the cache when the transaction has committed. */
    @Test
    void update_readWrite_nextSessionHitsTheNewState() {
        isThere(Book.class, 1L);

        factory.inTransaction(session -> session.find(Book.class, 1L).title = "The Modern Prometheus");

        long hits = region(factory, Book.REGION).getHitCount();
        assertThat(title()).isEqualTo("The Modern Prometheus");
        assertThat(region(factory, Book.REGION).getHitCount()).isEqualTo(hits + 1);
    }

    /** Nonstrict: the old state is removed, the new one is read by whoever wants it. */
    @Test
    void update_nonstrict_nextSessionMissesAndReadsTheNewState() {
        isThere(Author.class, 1L);

        factory.inTransaction(session -> session.find(Author.class, 1L).name = "M. Shelley");

        assertThat(factory.getCache().containsEntity(Author.class, 1L)).isFalse();
        String name = factory.fromSession(session -> session.find(Author.class, 1L).name);
        assertThat(name).isEqualTo("M. Shelley");
        assertThat(factory.getCache().containsEntity(Author.class, 1L)).isTrue();
    }

    /** While a transaction writes, there is a lock in the cache in the place of the entity, and others read the database. */
    @Test
    void find_whileATransactionWrites_goesToTheDatabase() {
        isThere(Book.class, 1L);

        factory.inTransaction(writing -> {
            writing.find(Book.class, 1L).title = "The Modern Prometheus";
            writing.flush();
            assertThat(title()).isEqualTo("Frankenstein");
            assertThat(factory.getCache().containsEntity(Book.class, 1L)).isTrue(); // the lock
            assertThat(region(factory, Book.REGION).getMissCount()).isEqualTo(2);
        });

        assertThat(title()).isEqualTo("The Modern Prometheus");
    }

    @Test
    void rollback_readWrite_nextSessionSeesTheOldState() {
        isThere(Book.class, 1L);

        try (var session = factory.openSession()) {
            var transaction = session.beginTransaction();
            session.find(Book.class, 1L).title = "never to be seen";
            session.flush();
            transaction.rollback();
        }

        assertThat(title()).isEqualTo("Frankenstein");
        assertThat(title()).isEqualTo("Frankenstein");
    }

    @Test
    void persist_readWrite_isInTheCacheAfterTheCommit() {
        factory.inTransaction(session -> session.persist(new Book(2, "978-1", "The Last Man")));

        assertThat(isThere(Book.class, 2L)).isTrue();

        assertThat(region(factory, Book.REGION).getHitCount()).isEqualTo(1);
        assertThat(region(factory, Book.REGION).getMissCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("entities")
    void remove_cachedEntity_isGoneForTheNextSession(Class<?> entity, Object id, String region) {
        isThere(entity, id);

        factory.inTransaction(session -> {
            session.createMutationQuery("update Book set author = null").executeUpdate();
            session.remove(session.find(entity, id));
        });

        assertThat(isThere(entity, id)).as(region).isFalse();
    }

    /** A statement that changes many rows does not tell which: the whole region goes, the others stay. */
    @Test
    void bulkUpdate_ofBooks_emptiesTheirRegionOnly() {
        isThere(Book.class, 1L);
        isThere(Country.class, "CH");

        factory.inTransaction(session ->
                session.createMutationQuery("update Book set title = 'renamed'").executeUpdate());

        assertThat(factory.getCache().containsEntity(Book.class, 1L)).isFalse();
        assertThat(factory.getCache().containsEntity(Country.class, "CH")).isTrue();
        assertThat(title()).isEqualTo("renamed");
    }

    /** Whatever meets whatever in the cache: at last it says what the database says. */
    @Test
    void update_fourThreadsCountUp_cacheAgreesWithTheDatabase() {
        int updates = 50;

        long retries = Threads.sum(4, thread -> {
            long failed = 0;
            for (int i = 0; i < updates; i++) {
                while (!countUp()) {
                    failed++;
                }
            }
            return failed;
        });

        int cached = factory.fromSession(session -> session.find(Book.class, 1L).copies);
        int stored = factory.fromSession(
                session -> session.createNativeQuery("select copies from Book where id = 1", Integer.class)
                        .getSingleResult());
        assertThat(stored).isEqualTo(4 * updates);
        assertThat(cached).as("after %d retries", retries).isEqualTo(stored);
    }

    private boolean countUp() {
        try {
            factory.inTransaction(session -> session.find(Book.class, 1L).copies++);
            return true;
        } catch (RollbackException e) {
            assertThat(e).hasCauseInstanceOf(OptimisticLockException.class); // somebody else was faster
            return false;
        }
    }

    private boolean isThere(Class<?> entity, Object id) {
        return factory.fromSession(session -> session.find(entity, id)) != null;
    }

    private String title() {
        return factory.fromSession(session -> session.find(Book.class, 1L).title);
    }
}
