package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.Tasks;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener hears from its registration until it is deregistered or the cache is closed, and is closed then. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerLifeTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final Cache<String, String> cache = fixture.create("c", CacheFixture.configuration());
    private final RecordingListener<String, String> recording = new RecordingListener<>();

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
    }

    /** A listener that may be closed, and counts how often it is. */
    private static final class CloseableListener implements CacheEntryCreatedListener<String, String>, Closeable {
        private final AtomicInteger closed = new AtomicInteger();
        private final List<String> heard = new ArrayList<>();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(event -> heard.add(event.getKey()));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        MutableCacheEntryListenerConfiguration<String, String> configuration() {
            return new MutableCacheEntryListenerConfiguration<>(() -> this, null, false, true);
        }
    }

    /** A configuration of the caller's own, equal to nothing but itself. */
    private static final class OwnConfiguration implements CacheEntryListenerConfiguration<String, String> {
        private static final long serialVersionUID = 1L;

        private final transient Factory<CacheEntryListener<? super String, ? super String>> factory;

        OwnConfiguration(Factory<CacheEntryListener<? super String, ? super String>> factory) {
            this.factory = factory;
        }

        @Override
        public Factory<CacheEntryListener<? super String, ? super String>> getCacheEntryListenerFactory() {
            return factory;
        }

        @Override
        public boolean isOldValueRequired() {
            return true;
        }

        @Override
        public Factory<CacheEntryEventFilter<? super String, ? super String>> getCacheEntryEventFilterFactory() {
            return null;
        }

        @Override
        public boolean isSynchronous() {
            return true;
        }
    }

    @SuppressWarnings("unchecked") // a class has no type parameters to ask for
    private static Iterable<?> listenersOf(Cache<String, String> cache) {
        CompleteConfiguration<String, String> configuration = cache.getConfiguration(CompleteConfiguration.class);
        return configuration.getCacheEntryListenerConfigurations();
    }

    @Test
    void deregister_registered_hearsNothingMoreAndIsForgotten() {
        var configuration = recording.configuration(true);
        cache.registerCacheEntryListener(configuration);
        cache.put("a", "1");
        assertThat(listenersOf(cache)).hasSize(1);

        cache.deregisterCacheEntryListener(configuration);
        cache.put("b", "1");

        assertThat(recording.drain()).containsExactly("CREATED a: 1");
        assertThat(listenersOf(cache)).isEmpty();
    }

    @Test
    void deregister_unknown_doesNothing() {
        cache.registerCacheEntryListener(recording.configuration(true));

        cache.deregisterCacheEntryListener(new RecordingListener<String, String>().configuration(true));
        cache.put("a", "1");

        assertThat(recording.drain()).containsExactly("CREATED a: 1");
    }

    @Test
    void deregister_closeable_isClosedOnceThoughTheCacheIsClosedLater() {
        var listener = new CloseableListener();
        var configuration = listener.configuration();
        cache.registerCacheEntryListener(configuration);

        cache.deregisterCacheEntryListener(configuration);
        assertThat(listener.closed).hasValue(1);
        cache.deregisterCacheEntryListener(configuration);
        cache.close();

        assertThat(listener.closed).hasValue(1);
    }

    @Test
    void close_closeable_isClosedOnce() {
        var listener = new CloseableListener();
        cache.registerCacheEntryListener(listener.configuration());

        cache.close();
        cache.close();
        fixture.manager().close();

        assertThat(listener.closed).hasValue(1);
    }

    @Test
    void close_closeableFilter_isClosedOnce() {
        var closed = new AtomicInteger();
        class Filter implements CacheEntryEventFilter<String, String>, Closeable {
            @Override
            public boolean evaluate(CacheEntryEvent<? extends String, ? extends String> event) {
                return true;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> recording, Filter::new, true, true));

        cache.close();

        assertThat(closed).hasValue(1);
    }

    @Test
    void close_asynchronousEventsWait_areNotDelivered() {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var heard = new AtomicInteger();
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                () -> (CacheEntryCreatedListener<String, String>) events -> {
                    heard.incrementAndGet();
                    entered.countDown();
                    Tasks.await(go);
                },
                null,
                false,
                false));
        cache.put("k", "1");
        Tasks.await(entered);
        cache.remove("k");
        cache.put("k", "2");

        cache.close();
        go.countDown();
        fixture.manager().close(); // waits for what runs in the background

        assertThat(heard).hasValue(1);
    }

    @Test
    void deregister_eventIsBeingFiltered_isNotDelivered() {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        CacheEntryEventFilter<String, String> filter = event -> {
            entered.countDown();
            Tasks.await(go);
            return true;
        };
        var configuration =
                new MutableCacheEntryListenerConfiguration<String, String>(() -> recording, () -> filter, true, true);
        cache.registerCacheEntryListener(configuration);
        var put = tasks.run(() -> cache.put("k", "1"));
        Tasks.await(entered);

        cache.deregisterCacheEntryListener(configuration);
        go.countDown();

        Tasks.result(put);
        assertThat(recording.drain()).isEmpty();
    }

    @Test
    void register_again_isRefused() {
        var configuration = recording.configuration(true);
        cache.registerCacheEntryListener(configuration);

        assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"c\"")
                .hasMessageContaining("registered already");

        cache.put("k", "1");
        assertThat(recording.drain()).containsExactly("CREATED k: 1");
    }

    @Test
    void register_againAsTheCallersOwnClass_isRefused() {
        Factory<CacheEntryListener<? super String, ? super String>> factory = () -> recording;
        cache.registerCacheEntryListener(new OwnConfiguration(factory));

        assertThatThrownBy(() -> cache.registerCacheEntryListener(new OwnConfiguration(factory)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deregister_anotherObjectOfTheCallersOwnClass_isFound() {
        Factory<CacheEntryListener<? super String, ? super String>> factory = () -> recording;
        cache.registerCacheEntryListener(new OwnConfiguration(factory));

        cache.deregisterCacheEntryListener(new OwnConfiguration(factory));

        cache.put("k", "1");
        assertThat(recording.drain()).isEmpty();
    }

    @Test
    void deregister_callersOwnClassGivenToCreateCache_isFound() {
        var own = new OwnConfiguration(() -> recording);
        Cache<String, String> created = fixture.create(
                "created", new MutableConfiguration<String, String>().addCacheEntryListenerConfiguration(own));
        created.put("a", "1");

        created.deregisterCacheEntryListener(own);
        created.put("b", "1");

        assertThat(recording.drain()).containsExactly("CREATED a: 1");
        assertThat(listenersOf(created)).isEmpty();
    }

    @Test
    void createCache_laterListenerFactoryFails_listenersMadeBeforeAreClosed() {
        var made = new AtomicInteger();
        var first = new CloseableListener();
        var configuration = new MutableConfiguration<String, String>();
        for (int i = 0; i < 2; i++) { // in whatever order the factories are asked, the second one fails
            configuration.addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                    () -> {
                        if (made.incrementAndGet() == 2) {
                            throw new IllegalStateException("the factory's");
                        }
                        return first;
                    },
                    null,
                    false,
                    true));
        }

        assertThatThrownBy(() -> fixture.create("failing", configuration))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the factory's");

        assertThat(first.closed).hasValue(1);
        assertThat(fixture.<String, String>create("failing", CacheFixture.configuration())
                        .isClosed())
                .isFalse();
    }
}
