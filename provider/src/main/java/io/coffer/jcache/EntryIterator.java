package io.coffer.jcache;

import io.coffer.integration.CofferEntry;
import io.coffer.operation.Operations;
import io.coffer.operation.Peeked;
import java.util.Iterator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the live entries, weakly consistent (JSR-107, Cache.iterator). Holds nothing that must be released. For one
 * thread.
 */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
    private final Runnable checkOpen;
    private final CacheParts<K, V> parts;
    private final Iterator<Peeked<K, V>> live;
    private @Nullable K last; // the key that remove() means; null before the first and after a removal

    EntryIterator(Runnable checkOpen, CacheParts<K, V> parts) {
        this.checkOpen = checkOpen;
        this.parts = parts;
        this.live = parts.reader().iterator();
    }

    @Override
    public boolean hasNext() {
        checkOpen.run();
        return live.hasNext();
    }

    @Override
    public Cache.Entry<K, V> next() {
        checkOpen.run();
        var next = live.next();
        last = next.key();
        return new CofferEntry<>(
                parts.entries().copyOf(next.key()), parts.reader().access(next));
    }

    @Override
    public void remove() {
        checkOpen.run();
        if (last == null) {
            throw new IllegalStateException("next() was not called since the last removal");
        }
        parts.runner().run(parts.entries().copyOf(last), Operations.removal());
        last = null;
    }
}
