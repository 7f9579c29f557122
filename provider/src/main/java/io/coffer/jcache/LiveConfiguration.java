package io.coffer.jcache;

import io.coffer.CofferConfiguration;
import java.util.function.Consumer;

/** How a cache is configured at the moment: replaced, never changed, when listeners or beans come or go. */
final class LiveConfiguration<K, V> {
    private final String cacheName;
    private volatile CofferConfiguration<K, V> current; // replaced under the lock of CacheLife

    LiveConfiguration(String cacheName, CofferConfiguration<K, V> initial) {
        this.cacheName = cacheName;
        this.current = initial;
    }

    /** Returns the configuration, not to be changed. */
    CofferConfiguration<K, V> current() {
        return current;
    }

    /** Returns a copy for a caller, as the type he asks for. */
    <C> C copyAs(Class<C> type) {
        if (type.isAssignableFrom(CofferConfiguration.class)) {
            return type.cast(new CofferConfiguration<>(current));
        }
        throw new IllegalArgumentException("Cache \"" + cacheName + "\" is configured by "
                + CofferConfiguration.class.getName() + ", which is no " + type.getName()
                + ". Ask for javax.cache.configuration.CompleteConfiguration, or for that class");
    }

    /** Changes a copy and makes it current. Called under the lock of {@link CacheLife} only. */
    void change(Consumer<CofferConfiguration<K, V>> change) {
        var changed = new CofferConfiguration<>(current);
        change.accept(changed);
        current = changed;
    }
}
