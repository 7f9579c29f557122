package io.coffer.operation;

import io.coffer.tier.Expirable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** Runs EntryProcessors, on one key or on many. Safe for use by several threads. */
public final class Invocations<K, V> {
    private final OperationRunner<K, V> runner;
    private final ValueSource<K, V> source;

    /** Puts the parts together. */
    public Invocations(OperationRunner<K, V> runner, ValueSource<K, V> source) {
        this.runner = runner;
        this.source = source;
    }

    /**
     * {@code Cache.invoke}. A failure of the CacheWriter is one of the invocation (JSR-107, Cache.invoke).
     *
     * @param intake checks a value that the processor sets and brings it into its stored form
     */
    public <T> @Nullable T invoke(
            K key, EntryProcessor<K, V, T> processor, Object[] arguments, Function<V, Expirable<V>> intake) {
        try {
            return runner.run(key, EntryProcessing.operation(key, processor, arguments, source, intake))
                    .result();
        } catch (CacheWriterException e) {
            throw new EntryProcessorException(
                    "Cache \"" + source.cacheName()
                            + "\": the change made by the processor could not be written through",
                    e);
        }
    }

    /** {@code Cache.invokeAll}: a failure for one key is that key's result; a key without a result is left out. */
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys,
            EntryProcessor<K, V, T> processor,
            Object[] arguments,
            Function<V, Expirable<V>> intake) {
        var results = new HashMap<K, EntryProcessorResult<T>>();
        for (var key : keys) {
            try {
                T result = invoke(key, processor, arguments, intake);
                if (result != null) {
                    results.put(key, () -> result);
                }
            } catch (EntryProcessorException e) {
                results.put(key, failed(e));
            } catch (CacheException e) {
                results.put(key, failed(new EntryProcessorException(e)));
            }
        }
        return results;
    }

    private static <T> EntryProcessorResult<T> failed(EntryProcessorException failure) {
        return () -> {
            throw failure;
        };
    }
}
