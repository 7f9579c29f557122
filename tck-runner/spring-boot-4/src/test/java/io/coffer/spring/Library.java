package io.coffer.spring;

import java.time.DayOfWeek;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

/** Cached by the annotations of Spring; counts how often it was really asked. */
public class Library {
    static final String UNKNOWN = "unknown";

    private final AtomicInteger searches = new AtomicInteger();

    public int searches() {
        return searches.get();
    }

    /** Finds nothing for {@link #UNKNOWN}. */
    @Cacheable("books")
    public Book find(String isbn) {
        return search(isbn);
    }

    @Cacheable(cacheNames = "books", sync = true)
    public Book findOnce(String isbn) {
        return search(isbn);
    }

    @Cacheable("books")
    public Book find(String isbn, int edition) {
        return search(isbn + "-" + edition);
    }

    @Cacheable("books")
    public Book findEdition(Edition edition) {
        return search(edition.isbn());
    }

    @Cacheable("books")
    public List<Book> bought(DayOfWeek day) {
        return List.of(search(day.name()));
    }

    @Cacheable("books")
    public Book number(int number) {
        return search("number " + number);
    }

    @Cacheable("books")
    public Book newest() {
        return search("newest");
    }

    @CachePut(cacheNames = "books", key = "#book.isbn")
    public Book correct(Book book) {
        return book;
    }

    @CacheEvict("books")
    public void forget(String isbn) {}

    @CacheEvict(cacheNames = "books", allEntries = true)
    public void forgetAll() {}

    @Caching(
            put = @CachePut(cacheNames = "books", key = "#to"),
            evict = @CacheEvict(cacheNames = "books", key = "#from"))
    public Book rename(String from, String to) {
        return Book.of(to);
    }

    private Book search(String isbn) {
        searches.incrementAndGet();
        return isbn.equals(UNKNOWN) ? null : Book.of(isbn);
    }
}
