package io.coffer.clients;

import static io.coffer.clients.BookDatabase.region;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.hibernate.KeyType;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.support.SimpleTimestamper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Hibernate caches beside entities: collections, natural ids, and results of queries. */
final class HibernateQueryTest {
    private static final String REVIEWS = Book.REGION + ".reviews";
    private static final String BOOKS_OF_AUTHOR = Author.REGION + ".books";
    private static final String NATURAL_IDS = Book.REGION + "##NaturalId";

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

    @Test
    void collection_secondSession_hitsWithoutAStatement() {
        assertThat(reviews()).containsExactly("dark");
        assertThat(region(factory, REVIEWS).getPutCount()).isEqualTo(1);
        long statements = statements();

        assertThat(reviews()).containsExactly("dark");

        assertThat(region(factory, REVIEWS).getHitCount()).isEqualTo(1);
        assertThat(statements()).isEqualTo(statements);
    }

    @Test
    void collection_changedByATransaction_isReadAgain() {
        reviews();

        factory.inTransaction(session -> session.find(Book.class, 1L).reviews.add("bright"));

        assertThat(reviews()).containsExactly("dark", "bright");
        assertThat(region(factory, REVIEWS).getMissCount()).isEqualTo(2);
    }

    @Test
    void collection_ofEntities_hitsInSecondSession() {
        assertThat(titlesOfAuthor()).containsExactly("Frankenstein");
        long statements = statements();

        assertThat(titlesOfAuthor()).containsExactly("Frankenstein");

        assertThat(region(factory, BOOKS_OF_AUTHOR).getHitCount()).isEqualTo(1);
        assertThat(statements()).isEqualTo(statements);
    }

    @Test
    void evictCollectionData_oneCollection_isReadAgain() {
        reviews();

        factory.getCache().evictCollectionData(REVIEWS, 1L);

        assertThat(factory.getCache().containsCollection(REVIEWS, 1L)).isFalse();
        assertThat(reviews()).containsExactly("dark");
        assertThat(factory.getCache().containsCollection(REVIEWS, 1L)).isTrue();
    }

    @Test
    void naturalId_secondSession_hitsWithoutAStatement() {
        assertThat(titleByIsbn("978-0")).isEqualTo("Frankenstein");
        long statements = statements();

        assertThat(titleByIsbn("978-0")).isEqualTo("Frankenstein");

        assertThat(region(factory, NATURAL_IDS).getHitCount()).isEqualTo(1);
        assertThat(statements()).isEqualTo(statements);
    }

    @Test
    void naturalId_ofARemovedEntity_isGone() {
        titleByIsbn("978-0");

        factory.inTransaction(session -> session.remove(session.find(Book.class, 1L)));

        assertThat(factory.<Book>fromSession(session -> session.find(Book.class, "978-0", KeyType.NATURAL)))
                .isNull();
    }

    @Test
    void evictNaturalIdData_misses() {
        titleByIsbn("978-0");

        factory.getCache().evictNaturalIdData(Book.class);

        assertThat(titleByIsbn("978-0")).isEqualTo("Frankenstein");
        assertThat(region(factory, NATURAL_IDS).getMissCount()).isEqualTo(2);
    }

    @Test
    void query_again_hitsWithoutAStatement() {
        assertThat(booksLike("Frank%")).containsExactly("Frankenstein");
        long statements = statements();

        assertThat(booksLike("Frank%")).containsExactly("Frankenstein");

        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
        assertThat(factory.getStatistics().getQueryCachePutCount()).isEqualTo(1);
        assertThat(statements()).isEqualTo(statements);
    }

    @Test
    void query_otherParameter_isAnotherResult() {
        booksLike("Frank%");

        assertThat(booksLike("Drac%")).isEmpty();

        assertThat(factory.getStatistics().getQueryCacheHitCount()).isZero();
        assertThat(factory.getStatistics().getQueryCacheMissCount()).isEqualTo(2);
    }

    /** What the update-timestamps region is for: a result from before the last update of its table is no hit. */
    @Test
    void query_tableWasUpdated_isRunAgain() {
        booksLike("Frank%");
        assertThat(factory.getStatistics().getUpdateTimestampsCacheHitCount()).isZero();

        factory.inTransaction(session -> session.persist(new Book(2, "978-1", "Frank in Space")));

        assertThat(booksLike("Frank%")).containsExactly("Frank in Space", "Frankenstein");
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isZero();
        assertThat(booksLike("Frank%")).containsExactly("Frank in Space", "Frankenstein");
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
    }

    @Test
    void query_otherTableWasUpdated_stillHits() {
        booksLike("Frank%");

        factory.inTransaction(session -> session.persist(new Country("FR", "France")));

        booksLike("Frank%");
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
    }

    @Test
    void query_bulkUpdate_isRunAgain() {
        booksLike("Frank%");

        factory.inTransaction(session ->
                session.createMutationQuery("update Book set title = 'Dracula'").executeUpdate());

        assertThat(booksLike("Frank%")).isEmpty();
    }

    /**
     * The promise of the query cache: who has committed sees it in the next result, whoever queries meanwhile.
     *
     * <p>Hibernate keeps it only if one thread at a time writes to a table. After its commit a thread takes a timestamp, then puts
     * it, without a lock: if it is held up between the two, it puts its timestamp over the later one of another thread, and a
     * result from between both is taken for up to date. So the threads commit in turn here, and query as they like. Then it is
     * also certain what the timestamps region holds: see {@link #insert}.
     */
    @Test
    void query_fourThreadsInsertInTurnAndQueryAtOnce_eachSeesWhatItHasInserted() {
        int inserts = 25;
        var turn = new ReentrantLock();

        long unseen = Threads.sum(4, thread -> {
            long missing = 0;
            for (int i = 0; i < inserts; i++) {
                var code = thread + "-" + i;
                insert(code, turn);
                missing += codes().contains(code) ? 0 : 1;
            }
            return missing;
        });

        assertThat(unseen).isZero();
        assertThat(codes()).hasSize(1 + 4 * inserts);
        long hits = factory.getStatistics().getQueryCacheHitCount();
        assertThat(codes()).hasSize(1 + 4 * inserts);
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(hits + 1);
    }

    @Test
    void query_thatSelectsColumns_hits() {
        var select = "select b.title, b.version, b.author.name from Book b";
        List<Object[]> first = cached(select);

        List<Object[]> second = cached(select);

        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
        assertThat(first).hasSize(1);
        assertThat(second.get(0)).containsExactly("Frankenstein", 0, "Mary Shelley");
    }

    @Test
    void evictQueryRegions_isRunAgain() {
        booksLike("Frank%");

        factory.getCache().evictQueryRegions();

        assertThat(booksLike("Frank%")).containsExactly("Frankenstein");
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isZero();
    }

    @Test
    void query_regionOfItsOwn_isCachedThere() {
        factory.inSession(session -> session.createSelectionQuery("from Country", Country.class)
                .setCacheable(true)
                .setCacheRegion("countries")
                .getResultList());

        assertThat(caches.manager().getCache("countries")).hasSize(1);
        assertThat(caches.manager().getCache(BookDatabase.QUERIES)).isEmpty();
    }

    /**
     * Inserts a country when it is this thread's turn. Of the two timestamps that Hibernate puts, the one that forbids to use
     * results until the transaction is over lies in the future, and the one after the commit does not.
     */
    private void insert(String code, Lock turn) {
        turn.lock();
        try {
            long before = SimpleTimestamper.next();
            factory.inTransaction(session -> {
                session.persist(new Country(code, "of a thread"));
                session.flush();
                assertThat(lastUpdateOfCountries()).isGreaterThan(before + SimpleTimestamper.timeOut());
            });
            assertThat(lastUpdateOfCountries()).isBetween(before, SimpleTimestamper.next());
        } finally {
            turn.unlock();
        }
    }

    private Long lastUpdateOfCountries() {
        return caches.manager().<String, Long>getCache(BookDatabase.TIMESTAMPS).get("Country");
    }

    private List<String> codes() {
        return factory.fromSession(session -> session.createSelectionQuery("select code from Country", String.class)
                .setCacheable(true)
                .getResultList());
    }

    private List<Object[]> cached(String query) {
        return factory.fromSession(session -> session.createSelectionQuery(query, Object[].class)
                .setCacheable(true)
                .getResultList());
    }

    private List<String> booksLike(String title) {
        return factory.fromSession(session -> session
                .createSelectionQuery("from Book where title like :title order by title", Book.class)
                .setParameter("title", title)
                .setCacheable(true)
                .getResultList()
                .stream()
                .map(book -> book.title)
                .toList());
    }

    private List<String> reviews() {
        return factory.fromSession(session -> List.copyOf(session.find(Book.class, 1L).reviews));
    }

    private List<String> titlesOfAuthor() {
        return factory.fromSession(session -> session.find(Author.class, 1L).books.stream()
                .map(book -> book.title)
                .toList());
    }

    private String titleByIsbn(String isbn) {
        return factory.fromSession(session -> session.find(Book.class, isbn, KeyType.NATURAL).title);
    }

    private long statements() {
        return factory.getStatistics().getPrepareStatementCount();
    }
}
