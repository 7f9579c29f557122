package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.MemoryOnly;
import io.coffer.testing.Threads;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Corners that no operation of its own stands for: what is let go, what is handed out, what one failure costs the others. */
class ReviewedCornersTest {
    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A framework may hold a closed cache for ever. */
    @Test
    @MemoryOnly("objects without a codec")
    void close_cacheIsStillHeld_entriesAreLetGo() {
        var configurations = Map.of(
                "plain", CacheFixture.<Integer, Object>configuration(),
                "timed",
                        CacheFixture.<Integer, Object>configuration()
                                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY)),
                "bounded", CacheFixture.<Integer, Object>configuration().setMaxEntries(10));
        configurations.forEach((name, configuration) -> {
            var cache = fixture.create(name, configuration.setStoreByValue(false));
            var value = putNew(cache);

            fixture.manager().destroyCache(name);

            assertCollected(value, name);
            assertThat(cache.isClosed()).isTrue();
        });
    }

    private static WeakReference<Object> putNew(Cache<Integer, Object> cache) {
        var value = new Object();
        cache.put(1, value);
        return new WeakReference<>(value);
    }

    private static void assertCollected(WeakReference<Object> reference, String name) {
        Threads.await("the end of the value of closed cache " + name, () -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    @Test
    void iteratorRemove_writerChangesTheKeyItGets_cacheIsNotDisturbed() {
        var writer = new KeyChangingWriter();
        var cache = fixture.create(
                "c",
                CacheFixture.<Date, Integer>configuration()
                        .setWriteThrough(true)
                        .setCacheWriterFactory(new SingletonFactory<>(writer)));
        cache.put(new Date(1), 1);

        var iterator = cache.iterator();
        iterator.next();
        iterator.remove();

        assertThat(cache.containsKey(new Date(1))).isFalse();
        assertThat(cache.iterator()).isExhausted();
    }

    @Test
    void getAll_oneLoadedValueCannotBeStored_othersAre() {
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Object>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(new SingletonFactory<>(new HalfSerializableLoader())));

        assertThatThrownBy(() -> cache.getAll(Set.of("a", "bad", "z")))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("java.io.Serializable");

        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.containsKey("z")).isTrue();
        assertThat(cache.containsKey("bad")).isFalse();
    }

    /** What a processor has read late must not undo what a reader did later. */
    @Test
    void invoke_readsWhileAnotherReaderTouches_laterDeadlineStays() {
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 10))));
        cache.put("k", 1);

        cache.invoke("k", (entry, arguments) -> {
            entry.getValue();
            fixture.clock().advance(java.time.Duration.ofSeconds(9));
            return cache.get("k"); // a reader, while the key is held
        });
        fixture.clock().advance(java.time.Duration.ofSeconds(9));

        assertThat(cache.containsKey("k")).isTrue();
    }

    /** A key that is only ever written is in use all the same. */
    @Test
    @MemoryOnly("nothing is evicted from a store")
    void put_entryOverwrittenAgainAndAgain_outlivesAScan() {
        var cache = fixture.create(
                "c", CacheFixture.<Integer, Integer>configuration().setMaxEntries(20));
        for (int i = 0; i < 4; i++) {
            cache.put(-1, i);
        }

        for (int key = 0; key < 200; key++) {
            cache.put(key, key);
        }

        assertThat(cache.containsKey(-1)).isTrue();
        assertThat(cache.containsKey(0)).isFalse();
    }

    @Test
    void close_userPartThrowsAnError_managerIsClosedAllTheSame() {
        fixture.create(
                "broken",
                CacheFixture.<String, Integer>configuration()
                        .setExpiryPolicyFactory(new SingletonFactory<>(new UnclosablePolicy())));
        var other = fixture.create("other", CacheFixture.<String, Integer>configuration());

        assertThatCode(fixture.manager()::close).doesNotThrowAnyException();

        assertThat(other.isClosed()).isTrue();
        assertThat(fixture.provider().getCacheManager(fixture.manager().getURI(), null))
                .isNotSameAs(fixture.manager());
    }

    private static final class KeyChangingWriter implements CacheWriter<Date, Integer> {

        @Override
        public void write(Cache.Entry<? extends Date, ? extends Integer> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends Date, ? extends Integer>> entries) {}

        @Override
        public void delete(Object key) {
            ((Date) key).setTime(99);
        }

        @Override
        public void deleteAll(Collection<?> keys) {}
    }

    private static final class HalfSerializableLoader implements CacheLoader<String, Object> {

        @Override
        public Object load(String key) {
            return key.equals("bad") ? new Object() : key;
        }

        @Override
        public Map<String, Object> loadAll(Iterable<? extends String> keys) {
            var loaded = new HashMap<String, Object>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    private static final class UnclosablePolicy implements ExpiryPolicy, Closeable {

        @Override
        public Duration getExpiryForCreation() {
            return Duration.ETERNAL;
        }

        @Override
        public Duration getExpiryForAccess() {
            return Duration.ETERNAL;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return Duration.ETERNAL;
        }

        @Override
        public void close() {
            throw new NoClassDefFoundError("gone with the application");
        }
    }
}
