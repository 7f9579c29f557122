package io.coffer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The corners that {@link AgainstReferenceTest} spares the reference: what it does there, and what Coffer does. */
class ReferenceCornersTest {

    private Contenders contenders;

    @BeforeEach
    void open() {
        contenders = new Contenders();
    }

    @AfterEach
    void close() {
        contenders.close();
    }

    @Test
    void put_nullCreationExpiry_isEternalUnlikeInReference() {
        MutableConfiguration<String, String> configuration =
                configuration().setExpiryPolicyFactory(NullCreationExpiry::new);

        assertThatNullPointerException()
                .isThrownBy(() -> reference(configuration).put("key", "value"));
        Cache<String, String> coffer = coffer(configuration);
        coffer.put("key", "value");
        assertThat(coffer.get("key")).isEqualTo("value");
    }

    @Test
    void putAll_writerLeavesWhatItWrote_putsItUnlikeInReference() {
        MutableConfiguration<String, String> configuration =
                configuration().setWriteThrough(true).setCacheWriterFactory(LeavingWriter::new);
        Map<String, String> entries = new HashMap<>(Map.of("key", "value"));
        Cache<String, String> reference = reference(configuration);
        Cache<String, String> coffer = coffer(configuration);

        reference.putAll(entries);
        coffer.putAll(entries);

        assertThat(reference).isEmpty();
        assertThat(coffer.containsKey("key")).isTrue();
    }

    @Test
    void invoke_valueAfterRemove_isNullUnlikeInReference() {
        MutableConfiguration<String, String> configuration =
                configuration().setReadThrough(true).setCacheLoaderFactory(KeyLoader::new);
        EntryProcessor<String, String, String> removing = (entry, arguments) -> {
            entry.remove();
            return entry.getValue();
        };

        assertThat(reference(configuration).<String>invoke("key", removing)).isEqualTo("key loaded");
        assertThat(coffer(configuration).<String>invoke("key", removing)).isNull();
    }

    @Test
    void put_filterThrows_returnsUnlikeInReference() {
        AtomicInteger heard = new AtomicInteger();
        MutableConfiguration<String, String> configuration = configuration()
                .addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                        () -> counting(heard),
                        () -> event -> {
                            throw new IllegalStateException("filter");
                        },
                        false,
                        true));

        assertThatExceptionOfType(CacheEntryListenerException.class)
                .isThrownBy(() -> reference(configuration).put("key", "value"));
        coffer(configuration).put("key", "value");
        assertThat(heard).hasValue(0);
    }

    @Test
    void put_listenerThrows_isCountedUnlikeInReference() {
        CacheEntryCreatedListener<String, String> throwing = events -> {
            throw new IllegalStateException("listener");
        };
        MutableConfiguration<String, String> configuration = configuration()
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(
                        new MutableCacheEntryListenerConfiguration<>(() -> throwing, null, false, true));

        assertThat(putsCountedAfterFailure(reference(configuration))).isZero();
        assertThat(putsCountedAfterFailure(coffer(configuration))).isOne();
    }

    private static long putsCountedAfterFailure(Cache<String, String> cache) {
        Statistics statistics = new Statistics(cache);
        assertThatExceptionOfType(CacheEntryListenerException.class)
                .isThrownBy(() -> cache.put("key", "value"))
                .withCauseInstanceOf(IllegalStateException.class);
        return statistics.counts().puts();
    }

    private Cache<String, String> reference(MutableConfiguration<String, String> configuration) {
        return contenders.reference().manager().createCache("reference", configuration);
    }

    private Cache<String, String> coffer(MutableConfiguration<String, String> configuration) {
        return contenders.coffer().manager().createCache("coffer", configuration);
    }

    private static MutableConfiguration<String, String> configuration() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    private static CacheEntryCreatedListener<String, String> counting(AtomicInteger heard) {
        return events -> events.forEach(event -> heard.incrementAndGet());
    }

    /** Does not know how long a new entry lives. */
    private static final class NullCreationExpiry implements ExpiryPolicy {

        @Override
        public Duration getExpiryForCreation() {
            return null;
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }
    }

    /** Writes everything and leaves the collection as it was. */
    private static final class LeavingWriter implements CacheWriter<String, String> {

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }

    /** Loads for every key. */
    private static final class KeyLoader implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return key + " loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new AssertionError("nobody loads several: " + keys);
        }
    }
}
