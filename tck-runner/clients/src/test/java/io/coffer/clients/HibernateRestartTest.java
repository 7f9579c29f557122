package io.coffer.clients;

import static io.coffer.clients.BookDatabase.region;
import static io.coffer.clients.ClientCaches.countIfOnDisk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.KeyType;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a SessionFactory finds again of the one before it: entities, collections and natural ids that are on disk; never query
 * results, which only the notes of all changes keep from being outdated.
 */
final class HibernateRestartTest {
    private static final String BY_TITLE = "from Book where title = 'Frankenstein'";

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
    void find_afterARestart_hitsWhatIsOnDisk(Class<?> entity, Object id, String region) {
        factory.inSession(session -> session.find(entity, id));

        restart();

        factory.inSession(session -> assertThat(session.find(entity, id)).isNotNull());
        assertThat(region(factory, region).getHitCount()).isEqualTo(countIfOnDisk(1));
        assertThat(region(factory, region).getMissCount()).isEqualTo(1 - countIfOnDisk(1));
        assertThat(factory.getStatistics().getPrepareStatementCount()).isEqualTo(1 - countIfOnDisk(1));
    }

    @Test
    void find_writtenBeforeTheRestart_isTheNewState() {
        factory.inSession(session -> session.find(Book.class, 1L));
        factory.inTransaction(session -> {
            var book = session.find(Book.class, 1L);
            book.title = "The Modern Prometheus";
            book.price = new Price(1250);
        });

        restart();

        factory.inSession(session -> {
            var book = session.find(Book.class, 1L);
            assertThat(book.title).isEqualTo("The Modern Prometheus");
            assertThat(book.price).isEqualTo(new Price(1250));
            assertThat(book.version).isEqualTo(1);
        });
        assertThat(region(factory, Book.REGION).getHitCount()).isEqualTo(countIfOnDisk(1));
    }

    @Test
    void collections_afterARestart_areReadFromDisk() {
        readCollections();

        restart();
        readCollections();

        assertThat(region(factory, Book.REGION + ".reviews").getHitCount()).isEqualTo(countIfOnDisk(1));
        assertThat(region(factory, Author.REGION + ".books").getHitCount()).isEqualTo(countIfOnDisk(1));
    }

    private void readCollections() {
        factory.inSession(session -> {
            assertThat(session.find(Book.class, 1L).reviews).containsExactly("dark");
            assertThat(session.find(Author.class, 1L).books).hasSize(1);
        });
    }

    @Test
    void naturalId_afterARestart_isReadFromDisk() {
        findByNaturalId();

        restart();
        findByNaturalId();

        assertThat(factory.getStatistics().getNaturalIdCacheHitCount()).isEqualTo(countIfOnDisk(1));
        assertThat(factory.getStatistics().getPrepareStatementCount() == 0).isEqualTo(ClientCaches.areOnDisk());
    }

    private void findByNaturalId() {
        String title = factory.fromSession(session -> session.find(Book.class, "978-0", KeyType.NATURAL).title);
        assertThat(title).isEqualTo("Frankenstein");
    }

    /**
     * A transaction that writes leaves a lock in the place of the entity, and only its end removes it. An application that dies in
     * between leaves the lock on disk, and then the database is asked.
     */
    @Test
    void find_cachesWereGoneBeforeTheTransactionEnded_readsTheDatabase() {
        factory.inSession(session -> session.find(Book.class, 1L));
        try (var session = factory.openSession()) {
            var transaction = session.beginTransaction();
            session.find(Book.class, 1L).title = "The Modern Prometheus";
            session.flush();
            caches.restart();
            assertThat(catchThrowable(transaction::commit)).hasStackTraceContaining("is closed");
        }

        restart();

        assertThat(caches.manager().getCache(Book.REGION)).as("the lock").hasSize(countIfOnDisk(1));
        String title = factory.fromSession(session -> session.find(Book.class, 1L).title);
        assertThat(title).isEqualTo("The Modern Prometheus");
        assertThat(region(factory, Book.REGION).getHitCount()).isZero();
    }

    @Test
    void query_changedByOthersWhileTheApplicationWasDown_isNotServedFromDisk() throws Exception {
        assertThat(books(BY_TITLE)).hasSize(1);
        assertThat(books(BY_TITLE)).hasSize(1);
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
        factory.close();
        database.execute("update Book set title = 'The Modern Prometheus'");

        factory = database.open();

        assertThat(books(BY_TITLE)).isEmpty();
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isZero();
    }

    @Test
    void open_queryRegions_areInMemoryAndTheLogSaysWhy() {
        var log = Logged.by("io.coffer", this::restart);

        for (var region : List.of(BookDatabase.QUERIES, BookDatabase.TIMESTAMPS)) {
            assertThat(log)
                    .filteredOn(line -> line.contains("Cache \"" + region + "\" lives in memory only")
                            && line.contains("a region of Hibernate's query cache"))
                    .as(region)
                    .hasSize(countIfOnDisk(1));
            assertThat(ClientCaches.STORES.resolve("log").resolve(region)).doesNotExist();
        }
        var ofBooks = Book.REGION.replace("B", "%42"); // as a folder is called where upper and lower case are the same
        assertThat(Files.isDirectory(ClientCaches.STORES.resolve("log").resolve(ofBooks)))
                .isEqualTo(ClientCaches.areOnDisk());
    }

    /** Who wants it all the same says so for the region itself, and is warned. */
    @Test
    void query_regionWithAStoreOfItsOwn_isServedFromDisk() {
        var settings = new HashMap<>(BookDatabase.CACHING);
        settings.put("hibernate.javax.cache.uri", "clients-disk.json");
        factory.close();
        factory = database.open(settings);
        assertThat(books(BY_TITLE)).hasSize(1);
        factory.close();

        var log = Logged.by("io.coffer", () -> factory = database.open(settings));

        assertThat(books(BY_TITLE)).hasSize(1);
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
        assertThat(log).anyMatch(line -> line.contains("Cache \"" + BookDatabase.QUERIES + "\" is a region of"));
        assertThat(ClientCaches.STORES.resolve("own").resolve(BookDatabase.QUERIES))
                .isDirectory();
        assertThat(ClientCaches.STORES.resolve("own").resolve(BookDatabase.TIMESTAMPS))
                .doesNotExist();
    }

    /** Closes the SessionFactory, which closes the caches, and opens another. */
    private void restart() {
        factory.close();
        factory = database.open();
    }

    private List<Book> books(String query) {
        return factory.fromSession(session -> session.createSelectionQuery(query, Book.class)
                .setCacheable(true)
                .getResultList());
    }
}
