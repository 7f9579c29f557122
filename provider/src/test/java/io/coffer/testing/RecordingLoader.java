package io.coffer.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;

/** A source of strings that writes down each call, as in {@code "load k"} and {@code "loadAll [a, b]"}. */
public final class RecordingLoader implements CacheLoader<String, String> {
    private final Map<String, String> source = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Runnable before = () -> {};

    /** Adds what can be loaded. */
    public RecordingLoader with(String key, String value) {
        source.put(key, value);
        return this;
    }

    /** Lets every later call begin with something: waiting, or failing. */
    public RecordingLoader doingFirst(Runnable action) {
        this.before = action;
        return this;
    }

    public Factory<RecordingLoader> factory() {
        return () -> this;
    }

    /** Returns the calls that have begun, and keeps them. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Returns the calls since the last time. */
    public List<String> drain() {
        var drained = new ArrayList<>(calls);
        calls.clear();
        return drained;
    }

    @Override
    public String load(String key) {
        calls.add("load " + key);
        before.run();
        return source.get(key);
    }

    /** Answers as a careless loader would: null for what it does not have. */
    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        var wanted = new TreeSet<String>();
        keys.forEach(wanted::add);
        calls.add("loadAll " + wanted);
        before.run();
        var answer = new HashMap<String, String>();
        wanted.forEach(key -> answer.put(key, source.get(key)));
        return answer;
    }
}
