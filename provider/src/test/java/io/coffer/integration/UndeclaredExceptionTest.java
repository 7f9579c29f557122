package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kotlin, Scala and Lombok throw checked exceptions that nobody has declared: each callback's rule holds for them too. */
class UndeclaredExceptionTest {
    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void get_loaderThrowsIt_isACacheLoaderException() {
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(new SingletonFactory<>(new FailingLoader())));

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void loadAll_loaderThrowsIt_listenerIsTold() {
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setCacheLoaderFactory(new SingletonFactory<>(new FailingLoader())));
        var future = new CompletionListenerFuture();

        cache.loadAll(Set.of("k"), true, future);

        assertThatThrownBy(() -> future.get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CacheLoaderException.class);
    }

    @Test
    void put_writerThrowsIt_isACacheWriterExceptionAndNothingIsPut() {
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setWriteThrough(true)
                        .setCacheWriterFactory(new SingletonFactory<>(new FailingWriter())));

        assertThatThrownBy(() -> cache.put("k", 1))
                .isInstanceOf(CacheWriterException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void invoke_processorThrowsIt_isAnEntryProcessorException() {
        var cache = fixture.create("c", CacheFixture.<String, Integer>configuration());

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> fail()))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void put_policyThrowsIt_entryIsEternal() {
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setExpiryPolicyFactory(new SingletonFactory<>(new FailingPolicy())));

        cache.put("k", 1);
        fixture.clock().advance(java.time.Duration.ofDays(10_000));

        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void put_twoListenersThrowIt_bothAreToldAndTheNextPutToo() {
        var cache = fixture.create("c", CacheFixture.<String, Integer>configuration());
        var told = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            cache.registerCacheEntryListener(listening(told, true));
        }

        assertThatThrownBy(() -> cache.put("k", 1)).isInstanceOf(CacheEntryListenerException.class);
        cache.remove("k");
        assertThatThrownBy(() -> cache.put("k", 2)).isInstanceOf(CacheEntryListenerException.class);

        assertThat(told).hasValue(4);
        assertThat(cache.get("k")).isEqualTo(2);
    }

    @Test
    void put_asynchronousListenerThrowsIt_hearsTheNextEventOfTheKey() throws InterruptedException {
        var cache = fixture.create("c", CacheFixture.<String, Integer>configuration());
        var told = new AtomicInteger();
        var second = new java.util.concurrent.CountDownLatch(2);
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                new SingletonFactory<CacheEntryCreatedListener<String, Integer>>(events -> {
                    told.incrementAndGet();
                    second.countDown();
                    fail();
                }),
                null,
                false,
                false));

        cache.put("k", 1);
        cache.remove("k");
        cache.put("k", 2);

        assertThat(second.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(told).hasValue(2);
    }

    @Test
    void put_filterThrowsIt_succeedsAndTellsNobody() {
        var cache = fixture.create("c", CacheFixture.<String, Integer>configuration());
        var told = new AtomicInteger();
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                new SingletonFactory<CacheEntryCreatedListener<String, Integer>>(events -> told.incrementAndGet()),
                new SingletonFactory<>(event -> fail()),
                false,
                true));

        cache.put("k", 1);

        assertThat(told).hasValue(0);
        assertThat(cache.get("k")).isEqualTo(1);
    }

    private static MutableCacheEntryListenerConfiguration<String, Integer> listening(
            AtomicInteger told, boolean isSynchronous) {
        CacheEntryCreatedListener<String, Integer> listener = events -> {
            told.incrementAndGet();
            fail();
        };
        return new MutableCacheEntryListenerConfiguration<>(
                new SingletonFactory<>(listener), null, false, isSynchronous);
    }

    private static <T> T fail() {
        throw UndeclaredExceptionTest.<RuntimeException>undeclared(new IOException("broken on purpose"));
    }

    @SuppressWarnings("unchecked") // the very trick that other languages play
    private static <E extends Throwable> E undeclared(Throwable checked) throws E {
        throw (E) checked;
    }

    private static final class FailingLoader implements CacheLoader<String, Integer> {

        @Override
        public Integer load(String key) {
            return fail();
        }

        @Override
        public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            return fail();
        }
    }

    private static final class FailingWriter implements CacheWriter<String, Integer> {

        @Override
        public void write(javax.cache.Cache.Entry<? extends String, ? extends Integer> entry) {
            fail();
        }

        @Override
        public void writeAll(
                java.util.Collection<javax.cache.Cache.Entry<? extends String, ? extends Integer>> entries) {
            fail();
        }

        @Override
        public void delete(Object key) {
            fail();
        }

        @Override
        public void deleteAll(java.util.Collection<?> keys) {
            fail();
        }
    }

    private static final class FailingPolicy implements ExpiryPolicy {

        @Override
        public Duration getExpiryForCreation() {
            return fail();
        }

        @Override
        public Duration getExpiryForAccess() {
            return fail();
        }

        @Override
        public Duration getExpiryForUpdate() {
            return fail();
        }
    }
}
