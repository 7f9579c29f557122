package io.coffer.operation;

import io.coffer.jcache.CacheFixture;
import io.coffer.operation.ScriptedPolicy.Answer;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.RecordingWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;

/** A cache of which many entries are written and loaded at once, and what stands behind it. */
final class BulkFixture implements AutoCloseable {
    static final Set<String> KEYS = Set.of("a", "b", "c", "d", "e");

    final CacheFixture fixture = new CacheFixture();
    final ScriptedPolicy policy = new ScriptedPolicy(Answer.TEN_MINUTES);
    final RecordingLoader loader = new RecordingLoader();
    final RecordingWriter writer = new RecordingWriter();
    final Cache<String, String> cache = fixture.create(
            "bulk",
            CacheFixture.<String, String>configuration()
                    .setExpiryPolicyFactory(() -> policy)
                    .setReadThrough(true)
                    .setCacheLoaderFactory(loader.factory())
                    .setWriteThrough(true)
                    .setCacheWriterFactory(writer.factory()));

    BulkFixture() {
        KEYS.forEach(key -> loader.with(key, "loaded"));
    }

    @Override
    public void close() {
        fixture.close();
    }

    static Map<String, String> all(String value) {
        var entries = new HashMap<String, String>();
        KEYS.forEach(key -> entries.put(key, value));
        return entries;
    }

    Collection<String> liveKeys() {
        var keys = new TreeSet<String>();
        cache.forEach(entry -> keys.add(entry.getKey() + "=" + entry.getValue()));
        return keys;
    }

    /** Registers a listener that fails whatever it hears. */
    void failingListener() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw new IllegalStateException("the listener's");
        }));
    }
}
