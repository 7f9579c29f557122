package io.coffer.conformance;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorResult;

/** A call made on a cache, and what it returned or threw, as text. */
final class Performance {

    /** Loading ends at once, unless its completion is never announced. */
    private static final long LOAD_SECONDS_MAX = 120;

    private final Cache<String, Object> cache;
    private final World world;
    private final Call call;
    private final SortedMap<String, String> results = new TreeMap<>();

    Performance(Cache<String, Object> cache, World world, Call call) {
        this.cache = cache;
        this.world = world;
        this.call = call;
    }

    /** Makes the call. */
    String result() {
        try {
            Object returned = returned();
            if (call.verb() != Verb.INVOKE_ALL) {
                world.throwSparedFailure();
            }
            return returned instanceof Map<?, ?> map ? shown(map) : String.valueOf(world.handedOver(returned));
        } catch (RuntimeException e) {
            return text(e);
        }
    }

    /** The results key by key, for a call that has them, once it is made. */
    SortedMap<String, String> results() {
        return results;
    }

    private Object returned() {
        return switch (call.verb()) {
            case GET -> cache.get(call.key());
            case CONTAINS_KEY -> cache.containsKey(call.key());
            case PUT -> nothing(() -> cache.put(call.key(), value()));
            case GET_AND_PUT -> cache.getAndPut(call.key(), value());
            case PUT_IF_ABSENT -> cache.putIfAbsent(call.key(), value());
            case REPLACE -> cache.replace(call.key(), value());
            case REPLACE_IF_EQUAL -> cache.replace(call.key(), old(), value());
            case GET_AND_REPLACE -> cache.getAndReplace(call.key(), value());
            case REMOVE -> cache.remove(call.key());
            case REMOVE_IF_EQUAL -> cache.remove(call.key(), old());
            case GET_AND_REMOVE -> cache.getAndRemove(call.key());
            case GET_ALL -> cache.getAll(keys());
            case PUT_ALL -> nothing(() -> cache.putAll(entries()));
            case REMOVE_KEYS -> nothing(() -> cache.removeAll(keys()));
            case REMOVE_ALL -> nothing(cache::removeAll);
            case CLEAR -> nothing(cache::clear);
            case ITERATE -> nothing(this::iterate);
            case INVOKE -> cache.invoke(call.key(), new EntryProgram(call, world), "argument");
            case INVOKE_ALL -> nothing(this::invokeAll);
            case LOAD_ALL -> nothing(this::loadAll);
        };
    }

    private String shown(Map<?, ?> found) {
        found.forEach((key, value) -> results.put((String) key, String.valueOf(world.handedOver(value))));
        return "";
    }

    private void iterate() {
        Iterator<Cache.Entry<String, Object>> entries = cache.iterator();
        while (entries.hasNext()) {
            Cache.Entry<String, Object> entry = entries.next();
            String value = String.valueOf(world.handedOver(entry.getValue()));
            results.put(entry.getKey(), removes(entry.getKey()) ? value + " " + removed(entries) : value);
        }
        results.put("", end(entries));
    }

    /** A function of the key, as the order of iteration is nobody's business. */
    private boolean removes(String key) {
        return call.chooses(Math.floorMod(key.hashCode(), Byte.SIZE));
    }

    /** Removes what the iterator has just returned; twice, which is a mistake, if the call so chooses. */
    private String removed(Iterator<?> entries) {
        try {
            entries.remove();
            world.throwSparedFailure();
            if (call.value() == 0) {
                entries.remove();
            }
            return "removed";
        } catch (RuntimeException e) {
            return text(e);
        }
    }

    private String end(Iterator<?> entries) {
        try {
            return String.valueOf(entries.next());
        } catch (RuntimeException e) {
            return text(e);
        }
    }

    private void invokeAll() {
        Map<String, EntryProcessorResult<String>> processed = cache.invokeAll(keys(), new EntryProgram(call, world));
        processed.forEach((key, result) -> results.put(String.valueOf(key), processed(result)));
    }

    private static String processed(EntryProcessorResult<String> result) {
        try {
            return result.get();
        } catch (RuntimeException e) {
            return text(e);
        }
    }

    private void loadAll() {
        CompletionListenerFuture completion = new CompletionListenerFuture();
        cache.loadAll(keys(), call.chooses(0), completion);
        try {
            completion.get(LOAD_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Announced(e.getCause());
        } catch (Exception e) {
            throw new AssertionError("loadAll never completed: " + call, e);
        }
    }

    private Set<String> keys() {
        return new LinkedHashSet<>(call.keys());
    }

    private Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        int value = call.value();
        for (String key : call.keys()) {
            entries.put(key, world.handedOver(world.scenario().storing().value(value)));
            value = value == Storing.NULL ? call.old() : value + 1;
        }
        return entries;
    }

    private Object value() {
        return world.handedOver(world.scenario().storing().value(call.value()));
    }

    private Object old() {
        return world.handedOver(world.scenario().storing().value(call.old()));
    }

    private static String nothing(Runnable action) {
        action.run();
        return "";
    }

    /** The classes of the exception and of its causes, as far as JCache's own exceptions wrap them. */
    private static String text(RuntimeException e) {
        Throwable thrown = e instanceof Announced ? e.getCause() : e;
        StringBuilder chain = new StringBuilder(thrown.getClass().getSimpleName());
        while (thrown instanceof CacheException && thrown.getCause() != null) {
            thrown = thrown.getCause();
            chain.append(" <- ").append(thrown.getClass().getSimpleName());
        }
        return chain.toString();
    }

    /** An exception that a completion listener was told. */
    private static final class Announced extends RuntimeException {

        private static final long serialVersionUID = 1;

        Announced(Throwable cause) {
            super(cause);
        }
    }
}
