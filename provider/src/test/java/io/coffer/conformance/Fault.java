package io.coffer.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;

/** A rule of the specification, broken on purpose in one operation, to see that the comparison notices. */
enum Fault implements Contender.Disturbance {
    COUNTS_CONTAINS_KEY("containsKey", 1, (cache, arguments, journal) -> {
        boolean contained = cache.containsKey(key(arguments));
        if (contained) {
            cache.get(key(arguments));
        }
        return contained;
    }),

    DROPS_AN_EVENT("getAndReplace", 2, (cache, arguments, journal) -> {
        Object replaced = cache.getAndReplace(key(arguments), arguments[1]);
        journal.dropEvents();
        return replaced;
    }),

    REPLACES_WHAT_IS_NOT_EQUAL(
            "replace", 3, (cache, arguments, journal) -> cache.replace(key(arguments), arguments[2])),

    REMOVES_WHAT_IS_NOT_EQUAL("remove", 2, (cache, arguments, journal) -> cache.remove(key(arguments))),

    PUTS_WHAT_IS_PRESENT("putIfAbsent", 2, (cache, arguments, journal) -> {
        boolean absent = !cache.containsKey(key(arguments));
        cache.put(key(arguments), arguments[1]);
        return absent;
    }),

    HIDES_A_FAILED_LOAD("get", 1, (cache, arguments, journal) -> {
        try {
            return cache.get(key(arguments));
        } catch (CacheLoaderException e) {
            return null;
        }
    }),

    FORGETS_A_KEY("getAll", 1, (cache, arguments, journal) -> {
        Map<String, Object> all = cache.getAll(keys(arguments));
        all.keySet().stream().findFirst().ifPresent(all::remove);
        return all;
    }),

    REMOVES_ALL_SILENTLY("removeAll", 0, (cache, arguments, journal) -> {
        cache.clear();
        return null;
    }),

    REPLACES_WHAT_SHALL_STAY("loadAll", 3, (cache, arguments, journal) -> {
        cache.loadAll(keys(arguments), true, (CompletionListener) arguments[2]);
        return null;
    }),

    LEAVES_WHAT_AN_ITERATOR_REMOVES("iterator", 0, (cache, arguments, journal) -> {
        Iterator<?> entries = cache.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Object next() {
                return entries.next();
            }

            @Override
            public void remove() {}
        };
    }),

    LETS_A_FAILURE_PASS_UNWRAPPED("invoke", 3, (cache, arguments, journal) -> {
        try {
            return cache.invoke(key(arguments), program(arguments), (Object[]) arguments[2]);
        } catch (EntryProcessorException e) {
            throw e.getCause() instanceof CacheException cause ? cause : e;
        }
    });

    /** An operation gone wrong. */
    @FunctionalInterface
    private interface Behaviour {
        Object of(Cache<String, Object> cache, Object[] arguments, Journal journal);
    }

    private final String operation;
    private final int arity;
    private final Behaviour behaviour;

    Fault(String operation, int arity, Behaviour behaviour) {
        this.operation = operation;
        this.arity = arity;
        this.behaviour = behaviour;
    }

    @Override
    @SuppressWarnings("unchecked") // A proxy of Cache is a Cache of anything.
    public Cache<String, Object> disturbed(Cache<String, Object> cache, Journal journal) {
        return (Cache<String, Object>) Proxy.newProxyInstance(
                Fault.class.getClassLoader(),
                new Class<?>[] {Cache.class},
                (proxy, method, arguments) -> call(cache, method, arguments, journal));
    }

    private Object call(Cache<String, Object> cache, Method method, Object[] arguments, Journal journal)
            throws Throwable {
        if (method.getName().equals(operation) && method.getParameterCount() == arity) {
            return behaviour.of(cache, arguments, journal);
        }
        try {
            return method.invoke(cache, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static String key(Object[] arguments) {
        return (String) arguments[0];
    }

    @SuppressWarnings("unchecked") // The test makes its calls with sets of strings.
    private static Set<String> keys(Object[] arguments) {
        return (Set<String>) arguments[0];
    }

    @SuppressWarnings("unchecked") // The test makes its calls with one kind of processor.
    private static EntryProcessor<String, Object, String> program(Object[] arguments) {
        return (EntryProcessor<String, Object, String>) arguments[1];
    }
}
