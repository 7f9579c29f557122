package io.coffer.integration;

import java.util.Collection;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * The only caller of the user's CacheWriter. Whatever it throws reaches the caller as a CacheWriterException (JSR-107 section
 * 7.3). Safe for use by several threads, as the writer has to be.
 */
public final class WriteThrough<K, V> {
    private final String cacheName;
    private final @Nullable CacheWriter<K, V> writer;

    /** Makes the caller of a cache's writer; null writes nothing through. */
    public WriteThrough(String cacheName, @Nullable CacheWriter<K, V> writer) {
        this.cacheName = cacheName;
        this.writer = writer;
    }

    /** Tells whether anything is written through. */
    public boolean isEnabled() {
        return writer != null;
    }

    /** Writes one entry; the value is restored only if there is a writer. */
    public void write(K key, Supplier<V> value) {
        if (writer != null) {
            call(writer, "write", () -> writer.write(new CofferEntry<>(key, value.get())));
        }
    }

    /** Deletes one entry. */
    public void delete(K key) {
        if (writer != null) {
            call(writer, "delete", () -> writer.delete(key));
        }
    }

    /** Writes some entries; the writer takes those out of the collection that it has written, if it fails at the rest. */
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        if (writer != null && !entries.isEmpty()) {
            call(writer, "writeAll", () -> writer.writeAll(entries));
        }
    }

    /** Deletes some entries; the writer takes those out of the collection that it has deleted, if it fails at the rest. */
    public void deleteAll(Collection<K> keys) {
        if (writer != null && !keys.isEmpty()) {
            call(writer, "deleteAll", () -> writer.deleteAll(keys));
        }
    }

    private void call(CacheWriter<?, ?> writer, String method, Runnable call) {
        try {
            call.run();
        } catch (CacheWriterException e) {
            throw e;
        } catch (Exception e) {
            throw new CacheWriterException(
                    "Cache \"" + cacheName + "\": " + writer.getClass().getName() + "." + method + " failed", e);
        }
    }
}
