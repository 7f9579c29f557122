package io.coffer.operation;

import static io.coffer.operation.Change.access;
import static io.coffer.operation.Change.keep;
import static io.coffer.operation.Change.load;
import static io.coffer.operation.Change.reload;
import static io.coffer.operation.Change.remove;
import static io.coffer.operation.Change.retime;
import static io.coffer.operation.Change.write;
import static io.coffer.operation.Operation.blind;
import static io.coffer.operation.Operation.looking;
import static io.coffer.operation.Operation.reading;
import static io.coffer.operation.Operation.readingAgain;

import io.coffer.tier.Expirable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each operation of {@code javax.cache.Cache} on one key means. What only reads needs no operation: see EntryReader. */
public final class Operations {

    private Operations() {}

    /** {@code Cache.put}. */
    public static <V> Operation<V, Void> put(Expirable<V> value) {
        return blind(current -> write(value, null));
    }

    /** {@code Cache.getAndPut}: the value before, or null. */
    public static <V> Operation<V, V> getAndPut(Expirable<V> value) {
        return reading(current -> write(value, valueOf(current)));
    }

    /** {@code Cache.putIfAbsent}; whether it was put, the transition knows: a new entry may be born expired. */
    public static <V> Operation<V, Void> putIfAbsent(Expirable<V> value) {
        return looking(current -> current == null ? write(value, null) : keep(null));
    }

    /** {@code Cache.replace(key, value)}. */
    public static <V> Operation<V, Boolean> replace(Expirable<V> value) {
        return looking(current -> current == null ? keep(false) : write(value, true));
    }

    /** {@code Cache.replace(key, oldValue, newValue)}. */
    public static <V> Operation<V, Boolean> replace(V oldValue, Expirable<V> value) {
        return reading(current -> {
            if (current == null) {
                return keep(false);
            }
            return current.value().equals(oldValue) ? write(value, true) : access(false);
        });
    }

    /** {@code Cache.getAndReplace}: the value before, or null. */
    public static <V> Operation<V, V> getAndReplace(Expirable<V> value) {
        return reading(current -> current == null ? keep(null) : write(value, current.value()));
    }

    /** {@code Cache.remove(key)}; the CacheWriter deletes also what is absent here. */
    public static <V> Operation<V, Boolean> removal() {
        return blind(current -> remove(current != null));
    }

    /** {@code Cache.remove(key, oldValue)}. */
    public static <V> Operation<V, Boolean> removal(V oldValue) {
        return reading(current -> {
            if (current == null) {
                return keep(false);
            }
            return current.value().equals(oldValue) ? remove(true) : access(false);
        });
    }

    /** {@code Cache.getAndRemove}: the value before, or null. */
    public static <V> Operation<V, V> getAndRemove() {
        return reading(current -> remove(valueOf(current)));
    }

    /** {@code Cache.get} that has found nothing: loads, unless somebody else has done so meanwhile. It was counted already. */
    public static <V> Operation<V, Void> loading(Supplier<@Nullable Expirable<V>> loader) {
        return readingAgain(current -> {
            if (current != null) {
                return access(null);
            }
            var loaded = loader.get();
            return loaded == null ? keep(null) : load(loaded, null);
        });
    }

    /**
     * A reload ahead of the deadline: replaces the value that was seen, or what is absent since that has expired.
     *
     * @param hasExpired tells whether the deadline that was seen has passed
     */
    public static <V> Operation<V, Boolean> reloading(
            Expirable<V> seen, BooleanSupplier hasExpired, Supplier<@Nullable Expirable<V>> loader) {
        return blind(current -> {
            boolean isWanted = current == null ? hasExpired.getAsBoolean() : current.hasValueOf(seen);
            var loaded = isWanted ? loader.get() : null;
            if (loaded == null) {
                return keep(false);
            }
            return current == null ? load(loaded, true) : reload(loaded, true);
        });
    }

    /** {@code CofferCache.expireAt}: whether there was an entry. */
    public static <V> Operation<V, Boolean> retiming(long deadline) {
        Function<@Nullable Expirable<V>, Change<V, Boolean>> decision =
                current -> current == null ? keep(false) : retime(current.expiringAt(deadline), true);
        return deadline == Expirable.PAST
                ? readingAgain(decision)
                : blind(decision); // the event of expiry tells the value
    }

    /** What {@code Cache.loadAll} that replaces does with a value it has loaded. */
    public static <V> Operation<V, Void> loaded(Expirable<V> value) {
        return blind(current -> load(value, null));
    }

    /** {@code Cache.clear} for one entry: nobody is told. */
    public static <V> Operation<V, Void> clearing() {
        return blind(current -> Change.clear());
    }

    /** Makes room: only listeners of Coffer's own kind are told, and it is counted. */
    public static <V> Operation<V, Void> eviction() {
        return blind(current -> Change.evict());
    }

    private static <V> @Nullable V valueOf(@Nullable Expirable<V> current) {
        return current == null ? null : current.value();
    }
}
