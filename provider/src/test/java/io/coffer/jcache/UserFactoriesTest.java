package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.testing.ChildLoader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which class loader the user's factories run, and what is left when one fails: nothing. */
class UserFactoriesTest {
    private final CacheFixture fixture = new CacheFixture();

    /** Makes a part at each call, and remembers it. */
    private final List<UserPart> made = new ArrayList<>();

    private UserPart make() {
        var part = new UserPart();
        made.add(part);
        return part;
    }

    private static <T> Factory<T> failing() {
        return () -> {
            throw new IllegalStateException("no");
        };
    }

    private CofferConfiguration<String, Integer> everything() {
        return withListener(this::make, this::make)
                .setCacheLoaderFactory(this::make)
                .setCacheWriterFactory(this::make)
                .setExpiryPolicyFactory(this::make)
                .setReadThrough(true)
                .setWriteThrough(true);
    }

    private static CofferConfiguration<String, Integer> withListener(
            Factory<UserPart> listener, Factory<UserPart> filter) {
        return new CofferConfiguration<String, Integer>()
                .addCacheEntryListenerConfiguration(
                        new MutableCacheEntryListenerConfiguration<>(listener, filter, false, true));
    }

    private void assertAllClosedOnce(int count) {
        assertThat(made)
                .hasSize(count)
                .allSatisfy(part -> assertThat(part.closed).hasValue(1));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void createCache_factoryFails_freesTheNameAndClosesWhatWasMade() {
        List<CofferConfiguration<String, Integer>> failing = List.of(
                everything().setExpiryPolicyFactory(failing()),
                everything().setCacheLoaderFactory(failing()),
                everything().setCacheWriterFactory(failing()),
                everything()
                        .addCacheEntryListenerConfiguration(
                                new MutableCacheEntryListenerConfiguration<>(failing(), null, false, true)),
                everything()
                        .addCacheEntryListenerConfiguration(
                                new MutableCacheEntryListenerConfiguration<>(this::make, failing(), false, true)));
        for (var configuration : failing) {
            assertThatThrownBy(() -> fixture.create("c", configuration))
                    .hasStackTraceContaining("IllegalStateException: no");

            assertThat(made).allSatisfy(part -> assertThat(part.closed).hasValue(1));
            assertThat(fixture.manager().getCacheNames()).isEmpty();
        }

        assertThat(fixture.create("c", everything())).isNotNull();
    }

    @Test
    void createCache_factoryFailsWithAnError_freesTheNameAndClosesWhatWasMade() {
        var configuration = everything().setCacheWriterFactory(() -> {
            throw new NoClassDefFoundError("no");
        });

        assertThatThrownBy(() -> fixture.create("c", configuration)).isInstanceOf(NoClassDefFoundError.class);

        assertThat(made).isNotEmpty().allSatisfy(part -> assertThat(part.closed).hasValue(1));
        assertThat(fixture.create("c", everything())).isNotNull();
    }

    @Test
    void register_filterFactoryFails_closesTheListenerAndKeepsNothing() {
        var cache = fixture.create("c", new CofferConfiguration<String, Integer>());
        var configuration =
                new MutableCacheEntryListenerConfiguration<String, Integer>(this::make, failing(), false, true);

        assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
                .hasStackTraceContaining("IllegalStateException: no");

        assertAllClosedOnce(1);
        cache.registerCacheEntryListener( // not said to be there already
                new MutableCacheEntryListenerConfiguration<>(
                        configuration.getCacheEntryListenerFactory(), null, false, true));
    }

    @Test
    void createCache_factories_runInTheManagersLoader() throws Exception {
        try (var application = new ChildLoader()) {
            var seen = new ArrayList<ClassLoader>();
            Factory<UserPart> watching = () -> {
                seen.add(Thread.currentThread().getContextClassLoader());
                return make();
            };
            var before = Thread.currentThread().getContextClassLoader();
            var manager = fixture.provider().getCacheManager(URI.create("user-parts-test"), application);
            var cache = manager.createCache(
                    "c",
                    withListener(watching, watching)
                            .setCacheLoaderFactory(watching)
                            .setCacheWriterFactory(watching)
                            .setExpiryPolicyFactory(watching)
                            .setWriteThrough(true));
            cache.registerCacheEntryListener(
                    new MutableCacheEntryListenerConfiguration<>(watching, watching, true, false));

            assertThat(seen).hasSize(7).containsOnly(application);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    @Test
    void createCache_factoryFails_givesTheThreadItsLoaderBack() throws Exception {
        try (var application = new ChildLoader()) {
            var before = Thread.currentThread().getContextClassLoader();
            var manager = fixture.provider().getCacheManager(URI.create("user-parts-test"), application);

            assertThatThrownBy(() -> manager.createCache("c", everything().setCacheLoaderFactory(failing())))
                    .hasStackTraceContaining("IllegalStateException: no");

            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    @Test
    void createCache_writerThatIsNotCalled_isNotMade() {
        fixture.create("c", everything().setWriteThrough(false).setReadThrough(false));

        assertThat(made).hasSize(4);
    }

    @Test
    void createCache_nameIsBeingCreatedByItsOwnFactory_isRefused() {
        var configuration = everything().setCacheLoaderFactory(() -> {
            fixture.create("c", new CofferConfiguration<String, Integer>());
            return make();
        });

        assertThatThrownBy(() -> fixture.create("c", configuration)).isInstanceOf(CacheException.class);

        assertThat(fixture.create("c", everything())).isNotNull();
    }
}
