package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.testing.CapturedLog;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the user's factories have made is closed once: when the cache ends, or when the listener goes. */
class UserPartsTest {
    private final CacheFixture fixture = new CacheFixture();

    /** Makes a part at each call, and remembers it. */
    private final List<UserPart> made = new ArrayList<>();

    private UserPart make() {
        var part = new UserPart();
        made.add(part);
        return part;
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
    void close_cache_closesEveryPartOnce() {
        var cache = fixture.create("c", everything());
        assertThat(made).hasSize(5).allSatisfy(part -> assertThat(part.closed).hasValue(0));

        cache.close();
        cache.close();
        fixture.manager().close();

        assertAllClosedOnce(5);
    }

    @Test
    void close_managerOrDestroy_closesEveryPartOnce() {
        fixture.create("c", everything());
        fixture.create("d", everything());

        fixture.manager().destroyCache("d");
        fixture.manager().close();

        assertAllClosedOnce(10);
    }

    @Test
    void close_onePartInSeveralRoles_isClosedOnce() {
        var part = make();
        var cache = fixture.create(
                "c",
                new CofferConfiguration<String, Integer>()
                        .setCacheLoaderFactory(() -> part)
                        .setCacheWriterFactory(() -> part)
                        .setExpiryPolicyFactory(() -> part)
                        .setWriteThrough(true));

        cache.close();

        assertAllClosedOnce(1);
    }

    @Test
    void deregister_listener_closesItOnce() {
        var cache = fixture.create("c", new CofferConfiguration<String, Integer>());
        var configuration = withListener(this::make, this::make)
                .getCacheEntryListenerConfigurations()
                .iterator()
                .next();
        cache.registerCacheEntryListener(configuration);

        cache.deregisterCacheEntryListener(configuration);
        assertAllClosedOnce(2);

        cache.close();
        assertAllClosedOnce(2);
    }

    @Test
    void close_partFailsToClose_closesTheOthersAndLogs() {
        try (var log = new CapturedLog()) {
            Closeable refusing = () -> {
                throw new IOException("no");
            };
            Closeable broken = () -> {
                throw new IllegalStateException("no");
            };
            var cache = fixture.create(
                    "c",
                    everything()
                            .setCacheLoaderFactory(() -> new CloseableLoader(refusing))
                            .addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                                    () -> new CloseableListener(broken), null, false, true)));

            cache.close();

            assertAllClosedOnce(4);
            assertThat(log.warnings()).hasSize(2).allMatch(line -> line.contains("failed to close"));
        }
    }

    /** Closed as a test says. */
    private record CloseableLoader(Closeable closing) implements CacheLoader<String, Integer>, Closeable {
        @Override
        public void close() throws IOException {
            closing.close();
        }

        @Override
        public Integer load(String key) {
            return 1;
        }

        @Override
        public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    /** As above. */
    private record CloseableListener(Closeable closing)
            implements CacheEntryCreatedListener<String, Integer>, Closeable {
        @Override
        public void close() throws IOException {
            closing.close();
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {}
    }
}
