package io.coffer.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;

/** A sink that writes down each call, as in {@code "write k=v"} and {@code "deleteAll [a, b]"}. */
public final class RecordingWriter implements CacheWriter<Object, Object> {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Consumer<Collection<?>> then = rest -> {};

    /** Lets every later call end with something, which gets the collection of a bulk call: failing, or taking things out. */
    public RecordingWriter doingThen(Consumer<Collection<?>> action) {
        this.then = action;
        return this;
    }

    /** Lets every later bulk call write all but some keys, and fail for those. */
    public RecordingWriter failingFor(Set<String> keys, RuntimeException failure) {
        return doingThen(rest -> {
            rest.removeIf(element -> !keys.contains(element instanceof Cache.Entry<?, ?> e ? e.getKey() : element));
            throw failure;
        });
    }

    /** Lets every later call fail and write nothing. */
    public RecordingWriter failing(RuntimeException failure) {
        return doingThen(rest -> {
            throw failure;
        });
    }

    public Factory<RecordingWriter> factory() {
        return () -> this;
    }

    /** Returns the calls since the last time. */
    public List<String> drain() {
        var drained = new ArrayList<>(calls);
        calls.clear();
        return drained;
    }

    @Override
    public void write(Cache.Entry<?, ?> entry) {
        calls.add("write " + text(entry));
        then.accept(new ArrayList<>(List.of(entry)));
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
        var texts = new TreeSet<String>();
        entries.forEach(entry -> texts.add(text(entry)));
        calls.add("writeAll " + texts);
        then.accept(entries);
    }

    @Override
    public void delete(Object key) {
        calls.add("delete " + key);
        then.accept(new ArrayList<>(List.of(key)));
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        var texts = new TreeSet<String>();
        keys.forEach(key -> texts.add(key.toString()));
        calls.add("deleteAll " + texts);
        then.accept(keys);
    }

    private static String text(Cache.Entry<?, ?> entry) {
        return entry.getKey() + "=" + entry.getValue();
    }
}
