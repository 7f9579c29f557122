package io.coffer.process;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;
import io.coffer.spi.StoredEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Stores with a fault, each of which the killing of processes must find. */
final class Sabotage {
    private Sabotage() {}

    /** What is done instead of a call of a store. */
    @FunctionalInterface
    private interface Call {
        Object call(EntryStore store, Method method, Object[] arguments) throws Throwable;
    }

    private static EntryStore faulty(StoreOptions options, Call fault) {
        var store = Stores.open(Stores.LOG, options);
        return (EntryStore) Proxy.newProxyInstance(
                Sabotage.class.getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, arguments) -> {
                    try {
                        return fault.call(store, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A storage whose stores have a fault. */
    private abstract static class Faulty implements Storage {
        @Override
        public boolean delete(StoreOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    /** Says that an entry is written, and writes it with the next one. */
    public static final class Late extends Faulty {
        @Override
        public EntryStore open(StoreOptions options) {
            var kept = new AtomicReference<Object[]>();
            return faulty(options, (store, method, arguments) -> {
                if (!method.getName().equals("write")) {
                    return method.invoke(store, arguments);
                }
                var earlier = kept.getAndSet(arguments.clone());
                if (earlier != null) {
                    store.write((byte[]) earlier[0], EntryStore.ANY, (byte[]) earlier[2], (long) earlier[3]);
                }
                return 1L;
            });
        }
    }

    /** Says that an entry is removed, and does nothing. */
    public static final class Keeping extends Faulty {
        @Override
        public EntryStore open(StoreOptions options) {
            return faulty(
                    options,
                    (store, method, arguments) ->
                            method.getName().equals("remove") ? true : method.invoke(store, arguments));
        }
    }

    /** Gives an entry another deadline than it was told. */
    public static final class Prolonging extends Faulty {
        @Override
        public EntryStore open(StoreOptions options) {
            return faulty(options, (store, method, arguments) -> {
                if (method.getName().equals("touch")) {
                    arguments[2] = (long) arguments[2] - 1;
                }
                return method.invoke(store, arguments);
            });
        }
    }

    /** Forgets to clear. */
    public static final class Uncleared extends Faulty {
        @Override
        public EntryStore open(StoreOptions options) {
            return faulty(
                    options,
                    (store, method, arguments) ->
                            method.getName().equals("clear") ? null : method.invoke(store, arguments));
        }
    }

    /** Now and then reads what was read before. */
    public static final class Stale extends Faulty {
        @Override
        public EntryStore open(StoreOptions options) {
            var earlier = new ConcurrentHashMap<ByteBuffer, StoredEntry>();
            var reads = new AtomicLong();
            return faulty(options, (store, method, arguments) -> {
                if (!method.getName().equals("read")) {
                    return method.invoke(store, arguments);
                }
                var key = (byte[]) arguments[0];
                var found = store.read(key);
                var before =
                        found == null ? earlier.get(ByteBuffer.wrap(key)) : earlier.put(ByteBuffer.wrap(key), found);
                return reads.incrementAndGet() % 100 == 0 && before != null ? before : found;
            });
        }
    }
}
