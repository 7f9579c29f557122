package io.coffer.event;

import io.coffer.common.Unwrap;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told. Key and values are restored when it asks for them, so an event that a filter drops costs nothing.
 *
 * <p>A removed, expired or evicted entry has its last value both as value and as old value, as the TCK wants it.
 */
@SuppressWarnings("serial") // EventObject is Serializable; an event is for the listeners of this JVM only
final class EntryEvent<K, V> extends CacheEntryEvent<K, V> {
    private static final long serialVersionUID = 1L;

    private final EventKind kind;
    private final Supplier<K> key;
    private final Supplier<V> value;
    private final @Nullable Supplier<V> oldValue;

    EntryEvent(Cache<K, V> source, EventKind kind, Supplier<K> key, Supplier<V> value, @Nullable Supplier<V> oldValue) {
        super(source, kind.type());
        this.kind = kind;
        this.key = key;
        this.value = value;
        this.oldValue = oldValue;
    }

    EventKind kind() {
        return kind;
    }

    @Override
    public K getKey() {
        return key.get();
    }

    @Override
    public V getValue() {
        return value.get();
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null if there is none; the API is not annotated
    public V getOldValue() {
        return oldValue == null ? null : oldValue.get();
    }

    @Override
    public boolean isOldValueAvailable() {
        return oldValue != null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrap.as(type, this, "An event");
    }

    /** Names the kind of event and the cache, but neither key nor value. */
    @Override
    public String toString() {
        return kind + " in cache " + ((Cache<?, ?>) getSource()).getName();
    }
}
