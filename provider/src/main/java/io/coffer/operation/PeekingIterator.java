package io.coffer.operation;

import io.coffer.expiry.ExpiryTimes;
import io.coffer.tier.Entry;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes through the live values of a table without accessing them. For one thread. */
final class PeekingIterator<K, V> implements Iterator<Peeked<K, V>> {
    private final Iterator<Entry<K, V>> all;
    private final ExpiryTimes expiry;
    private @Nullable Peeked<K, V> next;

    PeekingIterator(Iterator<Entry<K, V>> all, ExpiryTimes expiry) {
        this.all = all;
        this.expiry = expiry;
    }

    @Override
    public boolean hasNext() {
        return peek() != null;
    }

    @Override
    public Peeked<K, V> next() {
        var found = peek();
        if (found == null) {
            throw new NoSuchElementException("There are no more entries");
        }
        next = null;
        return found;
    }

    private @Nullable Peeked<K, V> peek() {
        while (next == null && all.hasNext()) {
            var entry = all.next();
            var live = expiry.live(entry);
            next = live == null ? null : new Peeked<>(entry.key(), live, entry, null);
        }
        return next;
    }
}
