package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.jcache.CofferCachingProvider;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** None of the clients brings a provider of its own: what is tested here is Coffer, on the store that the build has asked for. */
final class ProviderTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @Test
    void getCachingProviders_allClientsOnTheClassPath_onlyCoffer() {
        assertThat(Caching.getCachingProviders()).hasSize(1).hasOnlyElementsOfType(CofferCachingProvider.class);
    }

    @Test
    @SuppressWarnings("unchecked") // the class literal of a generic class is raw
    void createCache_nothingConfigured_hasTheStoreOfThisRun() {
        CofferConfiguration<Object, Object> configuration =
                caches.create("any").getConfiguration(CofferConfiguration.class);

        assertThat(configuration.getStore() != null).isEqualTo(ClientCaches.areOnDisk());
    }
}
