package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.CapturedLog;
import io.coffer.testing.ChildLoader;
import io.coffer.testing.Threads;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final URI A = URI.create("provider-test-a");
    private static final URI B = URI.create("provider-test-b");

    private final CofferCachingProvider provider = new CofferCachingProvider();
    private final ClassLoader one = new ChildLoader();
    private final ClassLoader two = new ChildLoader();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void getCachingProvider_byName_isCoffer() {
        assertThat(Caching.getCachingProvider(CofferCachingProvider.class.getName()))
                .isInstanceOf(CofferCachingProvider.class);
    }

    @Test
    void getCacheManager_sameUriAndLoader_isTheSameManager() {
        assertThat(provider.getCacheManager(A, one)).isSameAs(provider.getCacheManager(A, one));
        assertThat(provider.getCacheManager(A, one, new Properties())).isSameAs(provider.getCacheManager(A, one));
    }

    @Test
    void getCacheManager_otherUriOrLoader_isAnotherManager() {
        var managers = Set.of(
                provider.getCacheManager(A, one),
                provider.getCacheManager(B, one),
                provider.getCacheManager(A, two),
                provider.getCacheManager(B, two));

        assertThat(managers).hasSize(4).noneMatch(CacheManager::isClosed);
        assertThat(managers.stream().map(CacheManager::getURI)).containsOnly(A, B);
        assertThat(managers.stream().map(CacheManager::getClassLoader)).containsOnly(one, two);
    }

    @Test
    void getCacheManager_nulls_areTheDefaults() {
        var manager = provider.getCacheManager();

        assertThat(manager.getURI()).isEqualTo(provider.getDefaultURI());
        assertThat(manager.getClassLoader()).isSameAs(provider.getDefaultClassLoader());
        assertThat(manager.getCachingProvider()).isSameAs(provider);
        assertThat(provider.getCacheManager(null, null)).isSameAs(manager);
        assertThat(provider.getCacheManager(null, null, null)).isSameAs(manager);
        assertThat(provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader()))
                .isSameAs(manager);
    }

    @Test
    void getDefaultClassLoader_severalThreads_isOneObject() {
        var seen = ConcurrentHashMap.<ClassLoader>newKeySet();

        Threads.race(4, thread -> () -> {
            Thread.currentThread().setContextClassLoader(thread % 2 == 0 ? one : two);
            seen.add(provider.getDefaultClassLoader());
        });

        assertThat(seen).hasSize(1);
    }

    @Test
    void getProperties_givenOnes_areACopy() {
        try (var log = new CapturedLog()) {
            var given = new Properties();
            given.setProperty("a", "1");

            var manager = provider.getCacheManager(A, one, given);
            given.setProperty("a", "2");

            assertThat(manager.getProperties()).containsEntry("a", "1");
            assertThat(provider.getCacheManager(B, one).getProperties()).isEmpty();
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void getCacheManager_openWithOtherProperties_isTheSameAndWarns() {
        try (var log = new CapturedLog()) {
            var manager = provider.getCacheManager(A, one);
            var others = new Properties();
            others.setProperty("a", "1");

            assertThat(provider.getCacheManager(A, one, others)).isSameAs(manager);

            assertThat(manager.getProperties()).isEmpty();
            assertThat(log.warnings()).singleElement().asString().contains(A.toString(), "properties");
        }
    }

    @Test
    void getCacheManager_closedOne_isReplaced() {
        var closed = provider.getCacheManager(A, one);
        closed.close();

        var opened = provider.getCacheManager(A, one);

        assertThat(opened).isNotSameAs(closed);
        assertThat(opened.isClosed()).isFalse();
    }

    @Test
    void close_managerAgainAfterItWasReplaced_leavesTheNewOneOpen() {
        var closed = provider.getCacheManager(A, one);
        closed.close();
        var opened = provider.getCacheManager(A, one);

        closed.close();

        assertThat(opened.isClosed()).isFalse();
        assertThat(provider.getCacheManager(A, one)).isSameAs(opened);
    }

    @Test
    void close_byLoader_closesThatLoadersManagers() {
        var gone = Set.of(provider.getCacheManager(A, one), provider.getCacheManager(B, one));
        var other = provider.getCacheManager(A, two);

        provider.close(one);

        assertThat(gone).allMatch(CacheManager::isClosed);
        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void close_byUriAndLoader_closesOne() {
        var gone = provider.getCacheManager(A, one);
        var others = Set.of(provider.getCacheManager(B, one), provider.getCacheManager(A, two));

        provider.close(A, one);

        assertThat(gone.isClosed()).isTrue();
        assertThat(others).noneMatch(CacheManager::isClosed);
    }

    @Test
    void close_nulls_areTheDefaults() {
        var byDefault = provider.getCacheManager();
        var named = provider.getCacheManager(A, null);
        var foreign = provider.getCacheManager(null, one);

        provider.close(null, null);
        assertThat(byDefault.isClosed()).isTrue();
        assertThat(named.isClosed()).isFalse();

        provider.close((ClassLoader) null);
        assertThat(named.isClosed()).isTrue();
        assertThat(foreign.isClosed()).isFalse();
    }

    @Test
    void close_unknownUriOrLoader_doesNothing() {
        var manager = provider.getCacheManager(A, one);

        provider.close(two);
        provider.close(B, one);

        assertThat(manager.isClosed()).isFalse();
    }

    @Test
    void close_all_closesEverythingAndMayBeUsedAgain() {
        var manager = provider.getCacheManager(A, one);
        var cache = manager.createCache("c", new MutableConfiguration<>());

        provider.close();

        assertThat(manager.isClosed()).isTrue();
        assertThat(cache.isClosed()).isTrue();
        assertThat(provider.getCacheManager(A, one).isClosed()).isFalse();
    }

    @Test
    void getClassLoader_nobodyHoldsIt_isGoneAlthoughTheManagerIsOpen() {
        var manager = new CacheManager[1];
        var dropped = managerOfADroppedLoader(manager);

        Threads.await("the loader's end", () -> {
            System.gc();
            return dropped.refersTo(null);
        });

        assertThat(manager[0].getClassLoader()).isNull();
        manager[0].close();
    }

    /** In a method of its own, so that no variable holds the loader. */
    private WeakReference<ClassLoader> managerOfADroppedLoader(CacheManager[] manager) {
        var loader = new ChildLoader();
        manager[0] = provider.getCacheManager(A, loader);
        return new WeakReference<>(loader);
    }

    @Test
    void getCacheManager_manyThreads_getOne() {
        for (int round = 0; round < 100; round++) {
            var uri = URI.create("provider-test-" + round);
            var managers = ConcurrentHashMap.<CacheManager>newKeySet();

            Threads.race(4, thread -> () -> managers.add(provider.getCacheManager(uri, one)));

            assertThat(managers).as("round %d", round).hasSize(1);
        }
    }

    @Test
    void isSupported_storeByReference_isTrue() {
        assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();
    }

    @Test
    void useAfterClose_anyManager_isIllegal() {
        var manager = provider.getCacheManager(A, one);
        provider.close();

        assertThatThrownBy(manager::getCacheNames).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.createCache("c", new MutableConfiguration<>()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.getCache("c")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.getCache(null, null, null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.destroyCache("c")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.enableStatistics("c", true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.enableManagement("c", true)).isInstanceOf(IllegalStateException.class);
        assertThat(manager.getURI()).isEqualTo(A);
    }
}
