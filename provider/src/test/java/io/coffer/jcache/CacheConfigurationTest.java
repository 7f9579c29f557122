package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.testing.RecordingListener;
import java.util.ArrayList;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cache keeps of the configuration it is given, what it tells of it, and what it refuses. */
class CacheConfigurationTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CacheManager manager = fixture.manager();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static MutableConfiguration<String, Integer> typed() {
        return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }

    /** As an application may write it: equal only to itself. */
    private static final class OwnListenerConfiguration implements CacheEntryListenerConfiguration<String, Integer> {
        private static final long serialVersionUID = 1L;
        private final Factory<CacheEntryListener<? super String, ? super Integer>> factory;

        OwnListenerConfiguration(RecordingListener<String, Integer> listener) {
            this.factory = () -> listener;
        }

        @Override
        public Factory<CacheEntryListener<? super String, ? super Integer>> getCacheEntryListenerFactory() {
            return factory;
        }

        @Override
        public boolean isOldValueRequired() {
            return true;
        }

        @Override
        public Factory<CacheEntryEventFilter<? super String, ? super Integer>> getCacheEntryEventFilterFactory() {
            return null;
        }

        @Override
        public boolean isSynchronous() {
            return true;
        }
    }

    /** Less than complete, as the interface allows. */
    private record Minimal() implements Configuration<String, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<String> getKeyType() {
            return String.class;
        }

        @Override
        public Class<Integer> getValueType() {
            return Integer.class;
        }

        @Override
        public boolean isStoreByValue() {
            return false;
        }
    }

    @Test
    void createCache_configurationChangedAfterwards_isNotMoved() {
        var configuration = new CofferConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setMaxEntries(10);
        var cache = manager.createCache("c", configuration);

        configuration.setMaxEntries(20).setStatisticsEnabled(true).setStoreByValue(false);
        configuration.addCacheEntryListenerConfiguration(new RecordingListener<String, Integer>().configuration(true));

        var current = configurationOf(cache);
        assertThat(current.getMaxEntries()).isEqualTo(10);
        assertThat(current.isStatisticsEnabled()).isFalse();
        assertThat(current.isStoreByValue()).isTrue();
        assertThat(current.getCacheEntryListenerConfigurations()).isEmpty();
    }

    @Test
    void getConfiguration_changedByTheCaller_leavesTheCacheAlone() {
        var cache = manager.createCache("c", typed());

        configurationOf(cache).setStoreByValue(false).setStatisticsEnabled(true).setMaxEntries(1);

        assertThat(configurationOf(cache).isStoreByValue()).isTrue();
        assertThat(configurationOf(cache).isStatisticsEnabled()).isFalse();
        assertThat(configurationOf(cache).getMaxEntries()).isZero();
    }

    @SuppressWarnings("unchecked") // a class literal has no parameters
    private static CofferConfiguration<String, Integer> configurationOf(Cache<String, Integer> cache) {
        return cache.getConfiguration(CofferConfiguration.class);
    }

    @Test
    void getConfiguration_asOtherTypes_isGivenIfItIsOne() {
        var cache = manager.createCache("c", typed());

        assertThat(configurationAs(cache, Configuration.class).isStoreByValue()).isTrue();
        assertThat(configurationAs(cache, CompleteConfiguration.class)).isInstanceOf(CofferConfiguration.class);
        assertThat(configurationAs(cache, MutableConfiguration.class)).isInstanceOf(CofferConfiguration.class);
        assertThatThrownBy(() -> configurationAs(cache, Minimal.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Minimal.class.getName());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // as above
    private static <C extends Configuration> C configurationAs(Cache cache, Class<C> type) {
        return (C) cache.getConfiguration(type);
    }

    @Test
    void createCache_minimalConfiguration_isTaken() {
        var cache = manager.createCache("c", new Minimal());
        var value = Integer.valueOf(100_000);

        cache.put("k", value);

        assertThat(cache.get("k")).isSameAs(value);
        assertThat(manager.getCache("c", String.class, Integer.class)).isSameAs(cache);
    }

    @Test
    void createCache_severalListeners_allHear() {
        var listeners = new ArrayList<RecordingListener<String, Integer>>();
        var configuration = typed();
        for (int i = 0; i < 5; i++) {
            var listener = new RecordingListener<String, Integer>();
            listeners.add(listener);
            configuration.addCacheEntryListenerConfiguration(listener.configuration(true));
        }

        manager.createCache("c", configuration).put("k", 1);

        assertThat(listeners)
                .allSatisfy(listener -> assertThat(listener.drain()).containsExactly("CREATED k: 1"));
    }

    @Test
    void deregister_listenerConfigurationOfTheCaller_isKnownByTheStandardsEquality() {
        var listener = new RecordingListener<String, Integer>();
        var own = new OwnListenerConfiguration(listener);
        var cache = manager.createCache("c", typed());
        cache.registerCacheEntryListener(own);
        cache.put("k", 1);

        cache.deregisterCacheEntryListener(own);
        cache.put("k", 2);

        assertThat(listener.drain()).containsExactly("CREATED k: 1");
        assertThat(configurationOf(cache).getCacheEntryListenerConfigurations()).isEmpty();
    }

    @Test
    void createCache_listenerConfigurationOfTheCaller_canBeDeregistered() {
        var listener = new RecordingListener<String, Integer>();
        var own = new OwnListenerConfiguration(listener);
        var cache = manager.createCache("c", typed().addCacheEntryListenerConfiguration(own));

        cache.deregisterCacheEntryListener(own);
        cache.put("k", 1);

        assertThat(listener.drain()).isEmpty();
    }

    @Test
    void getConfiguration_listenersComeAndGo_tellsThePresentOnes() {
        var first = new RecordingListener<String, Integer>().configuration(true);
        var second = new RecordingListener<String, Integer>().configuration(false);
        var cache = manager.createCache("c", typed().addCacheEntryListenerConfiguration(first));

        cache.registerCacheEntryListener(second);
        assertThat(configurationOf(cache).getCacheEntryListenerConfigurations())
                .containsExactlyInAnyOrder(first, second);

        cache.deregisterCacheEntryListener(first);
        assertThat(configurationOf(cache).getCacheEntryListenerConfigurations()).containsExactly(second);
    }

    @Test
    void createCache_contradictions_areRefusedWithTheRemedy() {
        assertThatThrownBy(() -> manager.createCache("c", typed().setReadThrough(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setCacheLoaderFactory");
        assertThatThrownBy(() -> manager.createCache("c", typed().setWriteThrough(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setCacheWriterFactory");
        assertThatThrownBy(() -> manager.createCache(
                        "c", new CofferConfiguration<String, Integer>().setWeigher((key, value) -> 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setMaxBytes");
        assertThatThrownBy(() -> manager.createCache(
                        "c",
                        new CofferConfiguration<String, Integer>()
                                .setMaxBytes(1)
                                .setStoreByValue(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setWeigher");

        assertThat(manager.createCache("c", typed())).isNotNull();
    }

    @Test
    void getConfiguration_keepsWhatWasSaid() {
        var expiry = CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR);

        var cache =
                manager.createCache("c", typed().setExpiryPolicyFactory(expiry).setManagementEnabled(true));

        assertThat(configurationOf(cache).getExpiryPolicyFactory()).isEqualTo(expiry);
        assertThat(configurationOf(cache).isManagementEnabled()).isTrue();
    }
}
