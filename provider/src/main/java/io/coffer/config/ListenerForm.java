package io.coffer.config;

import io.coffer.CofferConfiguration;
import java.util.Map;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import org.jspecify.annotations.Nullable;

/** The form of {@code listeners}: class names, or objects that say more of a listener. */
final class ListenerForm {
    static final Set<String> NAMES = Set.of("class", "filter", "oldValueRequired", "synchronous");

    private ListenerForm() {}

    /** Adds the listeners. */
    static void assign(Node node, Reading reading, CofferConfiguration<Object, Object> configuration) {
        for (var element : node.elements()) {
            var listener = reading.read(element, ListenerForm::read);
            if (listener != null && isAmong(configuration, listener)) {
                reading.problems().add(element, "is here a second time, and a cache hears each listener once");
            } else if (listener != null) {
                configuration.addCacheEntryListenerConfiguration(listener);
            }
        }
    }

    private static boolean isAmong(
            CofferConfiguration<Object, Object> configuration,
            CacheEntryListenerConfiguration<Object, Object> listener) {
        for (var known : configuration.getCacheEntryListenerConfigurations()) {
            if (known.equals(listener)) {
                return true;
            }
        }
        return false;
    }

    /** Every member is read, so that all that is wrong is told; null if anything is. */
    private static @Nullable MutableCacheEntryListenerConfiguration<Object, Object> read(Node node, Reading reading) {
        var members = node.isObject() ? node.members() : Map.of("class", node);
        reading.problems().refuseUnknown(node, NAMES);
        var filter = reading.<Factory<CacheEntryEventFilter<Object, Object>>>read(
                members, "filter", (named, with) -> with.factoryOf(named, CacheEntryEventFilter.class));
        boolean oldValueRequired = Boolean.TRUE.equals(reading.read(members, "oldValueRequired", Quantities::truth));
        boolean isSynchronous = Boolean.TRUE.equals(reading.read(members, "synchronous", Quantities::truth));
        if (!members.containsKey("class")) {
            throw new UnfitException("a listener needs its \"class\"");
        }
        var listener = reading.<Factory<CacheEntryListener<Object, Object>>>read(
                members, "class", (named, with) -> with.factoryOf(named, CacheEntryListener.class));
        return listener == null
                ? null
                : new MutableCacheEntryListenerConfiguration<>(listener, filter, oldValueRequired, isSynchronous);
    }
}
