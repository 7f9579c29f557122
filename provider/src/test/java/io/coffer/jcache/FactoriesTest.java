package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Factories that make nothing, and a loader that takes apart what it is given. */
class FactoriesTest {
    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Makes nothing. */
    private static final class EmptyFactory<T> implements Factory<T> {
        private static final long serialVersionUID = 1L;

        @Override
        public T create() {
            return null;
        }
    }

    private static CofferConfiguration<String, String> configuration() {
        return CacheFixture.configuration();
    }

    @Test
    void createCache_writerFactoryMakesNull_isRefused() {
        var configuration = configuration().setWriteThrough(true).setCacheWriterFactory(new EmptyFactory<>());

        assertThatThrownBy(() -> fixture.create("orders", configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"orders\"", "CacheWriter", EmptyFactory.class.getName(), "null");
    }

    @Test
    void createCache_loaderFactoryMakesNull_isRefused() {
        var configuration = configuration().setReadThrough(true).setCacheLoaderFactory(new EmptyFactory<>());

        assertThatThrownBy(() -> fixture.create("orders", configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"orders\"", "CacheLoader", EmptyFactory.class.getName(), "null");
    }

    @Test
    void register_listenerFactoryMakesNull_isRefused() {
        var cache = fixture.create("orders", configuration());

        assertThatThrownBy(() -> cache.registerCacheEntryListener(
                        new MutableCacheEntryListenerConfiguration<>(new EmptyFactory<>(), null, false, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"orders\"", "listener", EmptyFactory.class.getName(), "null");
    }

    @Test
    void register_noListenerFactory_messageNamesTheCacheAndTheRemedy() {
        var cache = fixture.create("orders", configuration());

        assertThatThrownBy(() -> cache.registerCacheEntryListener(
                        new MutableCacheEntryListenerConfiguration<>(null, null, false, true)))
                .hasMessageContainingAll("\"orders\"", "setCacheEntryListenerFactory");
    }

    /** Takes each key out of what it was given, if it may, as one that works off a list. */
    private static final class DrainingLoader implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            var loaded = new HashMap<String, String>();
            for (var all = keys.iterator(); all.hasNext(); ) {
                var key = all.next();
                loaded.put(key, key);
                remove(all);
            }
            return loaded;
        }

        private static void remove(Iterator<?> all) {
            try {
                all.remove();
            } catch (UnsupportedOperationException expected) {
                assertThat(expected)
                        .as("a set that cannot be changed is as good")
                        .isNotNull();
            }
        }
    }

    @Test
    void load_loaderTakesKeysOutOfWhatItWasGiven_nothingIsLost() throws Exception {
        Cache<String, String> cache = fixture.create(
                "orders", configuration().setReadThrough(true).setCacheLoaderFactory(DrainingLoader::new));
        var completion = new CompletionListenerFuture();

        assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "a", "b", "b"));
        cache.loadAll(Set.of("c", "d"), true, completion);
        completion.get(120, TimeUnit.SECONDS);

        assertThat(cache).hasSize(4);
    }
}
