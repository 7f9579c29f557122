package io.coffer.concurrency;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.cache.Cache;

/** Ways to break a cache that one thread alone does not notice, or only when it waits: the rounds must find each. */
enum Fault {
    /** Of two threads that exchange the value, both may get the same old one. */
    GET_AND_PUT_IN_TWO_STEPS("getAndPut") {
        @Override
        Object call(
                Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all) {
            var before = cache.get(key);
            cache.put(key, (Amount) all[1]);
            return before;
        }
    },
    /** Two threads may both have been first. */
    PUT_IF_ABSENT_IN_TWO_STEPS("putIfAbsent") {
        @Override
        Object call(
                Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all) {
            if (cache.containsKey(key)) {
                return false;
            }
            cache.put(key, (Amount) all[1]);
            return true;
        }
    },
    /** A reader may see the key absent between two values. */
    PUT_THROUGH_ABSENCE("put") {
        @Override
        Object call(
                Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all) {
            cache.remove(key);
            cache.put(key, (Amount) all[1]);
            return null;
        }
    },
    /** A reader may see the new value, and then the old one again. */
    PUT_THAT_WAVERS("put") {
        @Override
        Object call(
                Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all) {
            var before = cache.get(key);
            cache.put(key, (Amount) all[1]);
            if (before != null && isNowAndThen()) {
                cache.replace(key, before);
                cache.put(key, (Amount) all[1]);
            }
            return null;
        }
    },
    /** A reader may get a value that another one has replaced, or removed, before the read began. */
    STALE_READ("get") {
        @Override
        Object call(
                Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all) {
            var remembered = memory.get(key);
            if (remembered != null && isNowAndThen()) {
                return remembered;
            }
            var value = cache.get(key);
            if (value != null) {
                memory.put(key, value);
            }
            return value;
        }
    },
    /** What has expired or been evicted may come back. */
    RETURN_OF_THE_DEAD("get") {
        @Override
        Object call(
                Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all) {
            var value = cache.get(key);
            if (value == null) {
                return memory.get(key);
            }
            memory.put(key, value);
            return value;
        }
    };

    private final String method;

    Fault(String method) {
        this.method = method;
    }

    /**
     * Does what the method of that name should do.
     *
     * @param memory of this fault, at first empty
     * @param all the arguments
     */
    abstract Object call(
            Cache<TurbulentKey, Amount> cache, Map<TurbulentKey, Amount> memory, TurbulentKey key, Object[] all);

    static boolean isNowAndThen() {
        return ThreadLocalRandom.current().nextInt(4) == 0;
    }

    /** Returns a cache that has this fault, and else does what the given one does. */
    @SuppressWarnings("unchecked")
    Cache<TurbulentKey, Amount> in(Cache<TurbulentKey, Amount> cache) {
        var memory = new ConcurrentHashMap<TurbulentKey, Amount>();
        InvocationHandler handler = (proxy, called, all) -> {
            if (called.getName().equals(method)) {
                return call(cache, memory, (TurbulentKey) all[0], all);
            }
            return called(cache, called, all);
        };
        return (Cache<TurbulentKey, Amount>)
                Proxy.newProxyInstance(Cache.class.getClassLoader(), new Class<?>[] {Cache.class}, handler);
    }

    private static Object called(Object target, Method method, Object[] all) throws Throwable {
        try {
            return method.invoke(target, all);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
