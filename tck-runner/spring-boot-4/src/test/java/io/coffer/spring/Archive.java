package io.coffer.spring;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** Cached by the annotations of JSR-107; counts how often it was really asked. */
public class Archive {
    private final AtomicInteger searches = new AtomicInteger();

    public int searches() {
        return searches.get();
    }

    @CacheResult(cacheName = "papers")
    public Book find(String title) {
        return search(title);
    }

    /** Fails every time it is really asked. */
    @CacheResult(cacheName = "papers", exceptionCacheName = "failures", cachedExceptions = IllegalStateException.class)
    public Book lost(String title) {
        searches.incrementAndGet();
        throw new IllegalStateException("lost: " + title);
    }

    /** Names no cache, so that JSR-107 makes a name of the method's. */
    @CacheResult
    public Book printed(String title, int year) {
        return search(title);
    }

    @CacheResult
    public Book printed(String title) {
        return search(title);
    }

    @CachePut(cacheName = "papers")
    public void correct(@CacheKey String title, @CacheValue Book paper) {}

    @CacheRemove(cacheName = "papers")
    public void forget(String title) {}

    @CacheRemoveAll(cacheName = "papers")
    public void forgetAll() {}

    private Book search(String title) {
        searches.incrementAndGet();
        return Book.of(title);
    }
}
