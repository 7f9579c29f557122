package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An iterator of JCache cannot be closed: what it holds of the store is let go all the same. */
class AbandonedIteratorTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final CacheFixture fixture = new CacheFixture();
    private Cache<Integer, Integer> cache;

    @BeforeEach
    void fill() {
        cache = fixture.createStored(
                "c", CacheFixture.<Integer, Integer>configuration().setMaxEntries(2));
        IntStream.range(0, 100).forEach(key -> cache.put(key, key));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void iterator_toItsEnd_closesItsCursor() {
        cache.forEach(entry -> assertThat(fixture.lastStore().openCursors()).isEqualTo(1));

        assertThat(fixture.lastStore().openCursors()).isZero();
    }

    @Test
    void iterator_leftHalfWay_isClosedOnceNobodyKnowsIt() {
        for (int i = 0; i < 10; i++) {
            cache.iterator().next();
        }
        var held = cache.iterator();
        held.next();

        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (openAfterAnother() > 1 && System.nanoTime() < deadline) {
            System.gc(); // what it finds is enqueued a little later, by another thread
            Thread.yield();
        }

        assertThat(openAfterAnother()).as("the one that is held").isEqualTo(1);
        assertThat(held.next()).isNotNull();
        Reference.reachabilityFence(held);
    }

    private int openAfterAnother() {
        cache.iterator().forEachRemaining(entry -> {});
        return fixture.lastStore().openCursors();
    }

    @Test
    void close_iteratorHalfWay_closesItsCursor() {
        var entries = cache.iterator();
        entries.next();

        cache.close();

        assertThat(fixture.lastStore().openCursors()).isZero();
        Reference.reachabilityFence(entries);
    }
}
