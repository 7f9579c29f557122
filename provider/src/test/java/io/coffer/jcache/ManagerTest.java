package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches by name: made, found, destroyed. */
class ManagerTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CacheManager manager = fixture.manager();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static MutableConfiguration<String, Integer> typed() {
        return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }

    @Test
    void createCache_new_isThereUnderItsName() {
        var cache = manager.createCache("c", typed());

        assertThat(cache.getName()).isEqualTo("c");
        assertThat(cache.getCacheManager()).isSameAs(manager);
        assertThat(manager.<Object, Object>getCache("c")).isSameAs(cache);
        assertThat(manager.getCache("c", String.class, Integer.class)).isSameAs(cache);
        assertThat(manager.getCacheNames()).containsExactly("c");
    }

    @Test
    void createCache_nameTaken_isRefused() {
        var cache = manager.createCache("c", typed());

        assertThatThrownBy(() -> manager.createCache("c", typed()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("\"c\"");
        assertThat(manager.<Object, Object>getCache("c")).isSameAs(cache);
        assertThat(cache.isClosed()).isFalse();
    }

    @Test
    void createCache_nulls_areRefusedAndTakeNoName() {
        assertThatThrownBy(() -> manager.createCache(null, typed())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> manager.createCache("c", null)).isInstanceOf(NullPointerException.class);

        assertThat(manager.createCache("c", typed())).isNotNull();
    }

    @Test
    void getCache_typedByOthers_isRefused() {
        manager.createCache("c", typed());

        assertThatThrownBy(() -> manager.getCache("c", String.class, Long.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining(Integer.class.getName())
                .hasMessageContaining(Long.class.getName());
        assertThatThrownBy(() -> manager.getCache("c", Object.class, Object.class))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void getCache_untyped_isObjectToObject() {
        var cache = manager.createCache("c", new MutableConfiguration<>());

        assertThat(manager.getCache("c", Object.class, Object.class)).isSameAs(cache);
        assertThatThrownBy(() -> manager.getCache("c", String.class, Integer.class))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void getCache_nullOrUnknown_isRefusedOrNull() {
        assertThatThrownBy(() -> manager.getCache(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> manager.getCache("c", null, String.class)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> manager.getCache("c", String.class, null)).isInstanceOf(NullPointerException.class);
        assertThat(manager.<Object, Object>getCache("c")).isNull();
        assertThat(manager.getCache("c", String.class, String.class)).isNull();
    }

    @Test
    void getCacheNames_isASnapshotThatCannotBeChanged() {
        manager.createCache("a", typed());
        var names = manager.getCacheNames();

        manager.createCache("b", typed());

        assertThat(names).containsExactly("a");
        var iterator = names.iterator();
        iterator.next();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void destroyCache_freesTheNameAndClosesTheCache() {
        var cache = manager.createCache("c", typed());
        cache.put("k", 1);

        manager.destroyCache("c");

        assertThat(cache.isClosed()).isTrue();
        assertThat(manager.<Object, Object>getCache("c")).isNull();
        assertThat(manager.createCache("c", typed())).isEmpty();
    }

    @Test
    void destroyCache_unknownOrNull_doesNothingOrIsRefused() {
        manager.destroyCache("unknown");

        assertThatThrownBy(() -> manager.destroyCache(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void close_cache_freesItsNameOnce() {
        var old = manager.createCache("c", typed());
        old.close();
        var now = manager.createCache("c", typed());

        old.close();

        assertThat(now.isClosed()).isFalse();
        assertThat(manager.<Object, Object>getCache("c")).isSameAs(now);
    }

    @Test
    void close_cache_isIllegalToUse() {
        var cache = manager.createCache("c", typed());
        cache.close();

        List<Runnable> uses = List.of(
                () -> cache.get("k"),
                () -> cache.put(null, null),
                cache::clear,
                cache::removeAll,
                cache::iterator,
                () -> cache.registerCacheEntryListener(null));
        assertThat(uses).allSatisfy(use -> assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class));
        assertThat(cache.getName()).isEqualTo("c");
    }
}
