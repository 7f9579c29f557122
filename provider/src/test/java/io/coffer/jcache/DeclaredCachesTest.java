package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.CapturedLog;
import io.coffer.testing.Tasks;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.Level;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches that the file names: listed at once, made when they are asked for. */
class DeclaredCachesTest {
    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();
    private DeclaredCaches caches;
    private CacheManager manager;

    @BeforeEach
    void open() {
        caches = new DeclaredCaches(folder);
        manager = caches.manager();
    }

    @AfterEach
    void close() {
        tasks.close();
        caches.close();
    }

    @Test
    void getCacheNames_declaredAndCreated_areListedTogetherInOrder() {
        manager.createCache("films", new MutableConfiguration<>());
        manager.createCache("books", new MutableConfiguration<>());
        manager.createCache("zebras", new MutableConfiguration<>());

        assertThat(manager.getCacheNames()).containsExactly("books", "films", "songs", "zebras");
    }

    /** Spring's spring.cache.cache-names makes caches by name: a slip there would have no bound and no expiry, in silence. */
    @Test
    void createCache_nameNearToADeclaredOne_isMadeAndSaysSo() {
        try (var log = new CapturedLog()) {
            manager.createCache("book", new MutableConfiguration<>());
            manager.createCache("countries", new MutableConfiguration<>());

            assertThat(log.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .isEqualTo(
                            "Cache \"book\" is not named in coffer.json, which names \"books\"; it has the settings of its"
                                    + " defaults only");
        }
    }

    @Test
    void getCacheNames_result_isASnapshotThatNobodyCanChange() {
        var names = manager.getCacheNames();
        manager.createCache("films", new MutableConfiguration<>());

        assertThat(names).containsExactly("books", "songs");
        assertThatThrownBy(() -> {
                    var each = names.iterator();
                    each.next();
                    each.remove();
                })
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void open_declaredCaches_areNotMadeYet() {
        assertThat(manager.getCacheNames()).containsExactly("books", "songs");
        assertThat(caches.made()).hasValue(0);
    }

    @Test
    void getCache_declared_isMadeByTheFirstCallOnly() {
        Cache<Object, Object> books = manager.getCache("books");

        assertThat(DeclaredCaches.maxEntriesOf(books)).isEqualTo(5);
        assertThat(manager.getCache("books")).isSameAs(books);
        assertThat(manager.getCache("books", Object.class, Object.class)).isSameAs(books);
        assertThat(caches.made()).hasValue(1);
    }

    @Test
    void getCache_neitherDeclaredNorCreated_isNull() {
        assertThat(manager.<Object, Object>getCache("book")).isNull();
        assertThat(manager.getCache("Books", String.class, String.class)).isNull();
    }

    @Test
    void createCache_declaredAndNotOpen_isOverlaid() {
        var books = manager.createCache("books", new MutableConfiguration<>().setStatisticsEnabled(true));

        assertThat(DeclaredCaches.maxEntriesOf(books)).isEqualTo(5);
        assertThat(DeclaredCaches.configurationOf(books).isStatisticsEnabled()).isTrue();
        assertThat(manager.getCache("books")).isSameAs(books);
        assertThat(caches.made()).hasValue(1);
    }

    @Test
    void createCache_openByGetCache_isRefusedAndNamesTheFile() {
        manager.getCache("books");

        assertThatThrownBy(() -> manager.createCache("books", new MutableConfiguration<>()))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(caches.existsAlready("by getCache, since coffer.json names it"));
    }

    @Test
    void createCache_openByCreateCache_isRefusedAndNamesTheThread() {
        Tasks.result(tasks.start(() -> manager.createCache("books", new MutableConfiguration<>())));

        assertThatThrownBy(() -> manager.createCache("books", new MutableConfiguration<>()))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(caches.existsAlready("by createCache on thread \"test-task\""));
    }

    @Test
    void destroyCache_declared_isMadeAnewByTheNextGetCache() {
        Cache<Object, Object> first = manager.getCache("books");
        first.put("k", "v");

        manager.destroyCache("books");

        assertThat(first.isClosed()).isTrue();
        assertThat(manager.getCacheNames()).containsExactly("books", "songs");
        Cache<Object, Object> second = manager.getCache("books");
        assertThat(second).isNotSameAs(first);
        assertThat(second.containsKey("k")).isFalse();
        assertThat(DeclaredCaches.maxEntriesOf(second)).isEqualTo(5);
    }

    @Test
    void destroyCache_declaredAndNeverOpened_makesNothing() {
        manager.destroyCache("books");

        assertThat(caches.made()).hasValue(0);
        assertThat(manager.<Object, Object>getCache("books")).isNotNull();
    }

    @Test
    void closeOfTheCache_declared_isMadeAnewByTheNextGetCache() {
        manager.getCache("books").close();

        assertThat(manager.getCache("books").isClosed()).isFalse();
        assertThat(caches.made()).hasValue(2);
    }

    @Test
    void enableStatistics_declaredAndNotOpen_opensItAndCounts() throws JMException {
        manager.enableStatistics("books", true);
        manager.enableManagement("books", true);

        manager.getCache("books").get("absent");
        assertThat(attribute("CacheStatistics", "CacheMisses")).isEqualTo(1L);
        assertThat(attribute("CacheConfiguration", "StatisticsEnabled")).isEqualTo(true);
        assertThat(caches.made()).hasValue(1);
    }

    private Object attribute(String type, String name) throws JMException {
        var bean = "javax.cache:type=" + type + ",CacheManager="
                + manager.getURI().toString().replaceAll("[:=\n,*?\"]", ".") + ",Cache=books";
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), name);
    }

    @Test
    void enableStatistics_unknown_namesThoseThatAreDeclared() {
        assertThatThrownBy(() -> manager.enableStatistics("book", true))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no cache \"book\" in CacheManager " + manager.getURI()
                        + "; there are [books, songs]");
    }

    @Test
    void open_noFile_changesNothing() {
        var bare = caches.open(URI.create("no-file"), new Properties());

        assertThat(bare.getCacheNames()).isEmpty();
        assertThat(bare.<Object, Object>getCache("books")).isNull();
        assertThat(DeclaredCaches.maxEntriesOf(bare.createCache("books", new MutableConfiguration<>())))
                .isZero();
    }

    @Test
    void createCache_openAndDeclaredByProperties_isRefusedAndNamesThem() {
        var properties = new Properties();
        properties.setProperty("coffer.caches.books.loader", DeclaredCaches.LoaderFactory.class.getName());
        var other = caches.open(URI.create("by-properties"), properties);

        other.getCache("books");

        assertThatThrownBy(() -> other.createCache("books", new MutableConfiguration<>()))
                .hasMessageContaining(
                        ": it was made by getCache, since a property of the CacheManager names it. Use getCache");
    }
}
