package io.coffer.operation;

import io.coffer.common.Unwrap;
import io.coffer.tier.Expirable;
import java.util.function.Function;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * An EntryProcessor as an operation: the entry it works on remembers what it did last, and that is the change.
 *
 * <p>For one thread and one call of {@code invoke}, which holds the lock of the key meanwhile.
 */
final class EntryProcessing<K, V> implements MutableEntry<K, V> {
    private final K key;
    private final @Nullable Expirable<V> before;
    private final ValueSource<K, V> source;
    private final Function<V, Expirable<V>> intake;
    private Change.Kind kind = Change.Kind.KEEP;
    private @Nullable Expirable<V> pending; // of WRITE and LOAD
    private @Nullable V seen; // what getValue has returned, so that the processor always gets the same object
    private boolean removed;

    private EntryProcessing(
            K key, @Nullable Expirable<V> before, ValueSource<K, V> source, Function<V, Expirable<V>> intake) {
        this.key = key;
        this.before = before;
        this.source = source;
        this.intake = intake;
    }

    /**
     * Makes the operation.
     *
     * @param source loads what the processor asks for and is absent
     * @param intake checks a value and brings it into its stored form
     */
    static <K, V, R> Operation<V, R> operation(
            K key,
            EntryProcessor<K, V, R> processor,
            Object[] arguments,
            ValueSource<K, V> source,
            Function<V, Expirable<V>> intake) {
        return Operation.reading(
                current -> new EntryProcessing<>(key, current, source, intake).process(processor, arguments));
    }

    /** Whatever the processor throws reaches the caller as an EntryProcessorException (JSR-107 section 9). */
    private <R> Change<V, R> process(EntryProcessor<K, V, R> processor, Object[] arguments) {
        try {
            var result = processor.process(this, arguments);
            return new Change<>(kind, pending, result);
        } catch (EntryProcessorException e) {
            throw e;
        } catch (Exception e) {
            throw new EntryProcessorException(
                    "Cache \"" + source.cacheName() + "\": "
                            + processor.getClass().getName() + " failed",
                    e);
        }
    }

    @Override
    public K getKey() {
        return key;
    }

    /** Neither loads nor touches. */
    @Override
    public boolean exists() {
        return !removed && (pending != null || before != null);
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null if there is none; the API is not annotated
    public V getValue() {
        if (seen == null && !removed) {
            seen = look();
        }
        return seen;
    }

    private @Nullable V look() {
        if (before != null) {
            kind = Change.Kind.ACCESS;
            return before.value();
        }
        var loaded = source.isEnabled() ? source.load(key) : null;
        if (loaded == null) {
            return null;
        }
        pending = loaded;
        kind = Change.Kind.LOAD;
        return loaded.value();
    }

    @Override
    public void setValue(V value) {
        pending = intake.apply(value);
        seen = value;
        removed = false;
        kind = Change.Kind.WRITE;
    }

    /** Taking back what this processor has set or loaded itself leaves nothing to do (as the RI has it). */
    @Override
    public void remove() {
        boolean takesBack = before == null && pending != null;
        kind = takesBack ? Change.Kind.KEEP : Change.Kind.REMOVE;
        pending = null;
        seen = null;
        removed = true;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrap.as(type, this, "The entry of a processor");
    }
}
