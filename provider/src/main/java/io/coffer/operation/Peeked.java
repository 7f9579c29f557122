package io.coffer.operation;

import io.coffer.tier.Entry;
import io.coffer.tier.Expirable;
import io.coffer.tier.StoreTier.Restored;
import org.jspecify.annotations.Nullable;

/**
 * A live value that has been seen and not yet been accessed.
 *
 * @param key as the table holds it, or as it was read from the store
 * @param seen the value as it was then
 * @param entry where it was seen, or null if only the store has it
 * @param read what the store has, if only that has it
 */
public record Peeked<K, V>(
        K key,
        Expirable<V> seen,
        @Nullable Entry<K, V> entry,
        @Nullable Restored<V> read) {}
