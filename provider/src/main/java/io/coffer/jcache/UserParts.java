package io.coffer.jcache;

import io.coffer.common.UserCloseable;
import io.coffer.event.Listeners;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/** The objects that the user's factories have made for one cache: made in the manager's class loader, closed with the cache. */
final class UserParts {
    private final String cacheName;
    private final LoaderContext context;
    private final Deque<Object> made = new ArrayDeque<>();
    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>()); // one may have two roles

    UserParts(String cacheName, LoaderContext context) {
        this.cacheName = cacheName;
        this.context = context;
    }

    /** Lets a factory make its object; null if there is no factory. One that makes nothing is refused. */
    <T> @Nullable T make(String role, @Nullable Factory<? extends T> factory) {
        if (factory == null) {
            return null;
        }
        T part = context.call(factory::create); // FactoryBuilder's factories look for their class in the context
        if (part == null) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\": the factory "
                    + factory.getClass().getName() + " has made null instead of a " + role);
        }
        if (known.add(part)) {
            made.push(part);
        }
        return part;
    }

    /** Adds the listeners, which close what they hold themselves. */
    void add(Listeners<?, ?> listeners) {
        made.push(listeners);
    }

    /** Closes what can be closed, last made first: listeners before what may feed them. */
    void close() {
        context.run(() -> made.forEach(UserCloseable::close));
    }
}
