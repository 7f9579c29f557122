package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Each caching annotation, of Spring and of JSR-107, as its caller sees it. */
@SpringBootTest(
        classes = Application.class,
        properties = "spring.cache.jcache.config=classpath:annotations/coffer.json",
        webEnvironment = SpringBootTest.WebEnvironment.NONE)
class AnnotationsTest {
    private final Library library;
    private final Archive archive;
    private final CacheManager manager;

    @Autowired
    AnnotationsTest(Library library, Archive archive, CacheManager manager) {
        this.library = library;
        this.archive = archive;
        this.manager = manager;
    }

    @BeforeEach
    void clearAll() {
        manager.getCacheNames().forEach(name -> manager.getCache(name).clear());
    }

    @Test
    void cacheable_secondCall_searchesOnce() {
        int before = library.searches();

        var first = library.find("isbn");

        assertThat(library.find("isbn")).isEqualTo(first).isNotSameAs(first);
        assertThat(library.searches()).isEqualTo(before + 1);
        assertThat(books().get("isbn")).isEqualTo(first);
    }

    @Test
    void cacheableSync_eightThreadsAtOnce_searchOnce() throws Exception {
        int before = library.searches();
        var barrier = new CyclicBarrier(8);
        var threads = Executors.newFixedThreadPool(8);
        try {
            var answers = new ArrayList<Future<Book>>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> {
                    barrier.await();
                    return library.findOnce("isbn");
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(Book.of("isbn"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(library.searches()).isEqualTo(before + 1);
    }

    @Test
    void springCachePut_newValue_isFoundWithoutSearching() {
        int before = library.searches();

        library.correct(Book.of("isbn"));

        assertThat(library.find("isbn")).isEqualTo(Book.of("isbn"));
        assertThat(library.searches()).isEqualTo(before);
    }

    @Test
    void cacheEvict_oneOfTwo_leavesTheOther() {
        library.find("a");
        library.find("b");

        library.forget("a");

        assertThat(books().containsKey("a")).isFalse();
        assertThat(books().containsKey("b")).isTrue();
    }

    @Test
    void cacheEvictAllEntries_twoEntries_leavesNone() {
        library.find("a");
        library.find("b");

        library.forgetAll();

        assertThat(books()).isEmpty();
    }

    @Test
    void caching_putAndEvict_doesBoth() {
        library.find("old");

        library.rename("old", "new");

        assertThat(books().containsKey("old")).isFalse();
        assertThat(books().get("new")).isEqualTo(Book.of("new"));
    }

    @Test
    void cacheResult_secondCall_searchesOnce() {
        int before = archive.searches();

        var first = archive.find("title");

        assertThat(archive.find("title")).isEqualTo(first);
        assertThat(archive.searches()).isEqualTo(before + 1);
    }

    @Test
    void jsrCachePut_newValue_isFoundWithoutSearching() {
        int before = archive.searches();

        archive.correct("title", Book.of("other"));

        assertThat(archive.find("title")).isEqualTo(Book.of("other"));
        assertThat(archive.searches()).isEqualTo(before);
    }

    @Test
    void cacheRemove_oneOfTwo_leavesTheOther() {
        archive.find("a");
        archive.find("b");

        archive.forget("a");

        assertThat(manager.getCache("papers")).hasSize(1);
    }

    @Test
    void cacheRemoveAll_twoEntries_leavesNone() {
        archive.find("a");
        archive.find("b");

        archive.forgetAll();

        assertThat(manager.getCache("papers")).isEmpty();
    }

    private Cache<Object, Object> books() {
        return manager.getCache("books");
    }
}
