package io.coffer.example;

import io.coffer.CofferCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks into the caches. Mind that JCache counts each entry that an iterator visits as a hit. */
@Component
class CacheContents {

    private final CacheManager manager;

    CacheContents(CacheManager manager) {
        this.manager = manager;
    }

    /** The entries of a cache, newest first. */
    List<CachedAnswer> of(String cacheName) {
        CofferCache<String, Answer> cache = cache(cacheName);
        Instant now = Instant.now();
        return StreamSupport.stream(cache.spliterator(), false)
                .map(Cache.Entry::getValue)
                .sorted(Comparator.comparing(Answer::answeredAt).reversed())
                .map(answer -> new CachedAnswer(answer, remaining(cache.expiresAt(answer.question()), now)))
                .toList();
    }

    /** The deadline of an entry; the epoch if there is none any more. */
    Instant expiresAt(String cacheName, String question) {
        Instant expiresAt = cache(cacheName).expiresAt(question);
        return expiresAt == null ? Instant.EPOCH : expiresAt;
    }

    /** How many values were read from disk since the cache was opened. */
    long readsFromDisk(String cacheName) {
        return cache(cacheName).counters().store().reads();
    }

    @SuppressWarnings("unchecked") // a class literal cannot name the types of the cache
    private CofferCache<String, Answer> cache(String cacheName) {
        return manager.getCache(cacheName, String.class, Answer.class).unwrap(CofferCache.class);
    }

    /* An entry may expire between the iterator and the question for its deadline. */
    private static Duration remaining(@Nullable Instant expiresAt, Instant now) {
        return expiresAt == null || expiresAt.isBefore(now) ? Duration.ZERO : Duration.between(now, expiresAt);
    }

    /** A cached answer and the time that it will still be there. */
    record CachedAnswer(Answer answer, Duration remaining) {}
}
