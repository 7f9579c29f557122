package io.coffer.jcache;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs user code that finds its classes by the manager's class loader; the thread has its own context loader back afterwards.
 *
 * <p>The default loader of the provider asks the context itself: for it, the context of whoever caused the call is kept.
 *
 * @param loader gives the class loader of the manager
 */
record LoaderContext(Supplier<ClassLoader> loader) {

    /** Runs an action for the calling thread. */
    void run(Runnable action) {
        runIn(wanted(Thread.currentThread().getContextClassLoader()), action);
    }

    /** As {@link #run}, with a result. */
    <T> T call(Supplier<T> action) {
        return callIn(wanted(Thread.currentThread().getContextClassLoader()), action);
    }

    /** Returns an action for another thread, to be run soon. */
    Runnable bind(Runnable action) {
        var context = wanted(Thread.currentThread().getContextClassLoader());
        return () -> runIn(context, action);
    }

    /** Returns an action for another thread, to be run for a long time; it holds no context loader. */
    Runnable bindWeakly(Runnable action) {
        var context = new WeakReference<>(Thread.currentThread().getContextClassLoader());
        return () -> runIn(wanted(context.get()), action);
    }

    private @Nullable ClassLoader wanted(@Nullable ClassLoader context) {
        var own = loader.get();
        return own instanceof ContextClassLoader ? context : own;
    }

    private static void runIn(@Nullable ClassLoader context, Runnable action) {
        callIn(context, () -> {
            action.run();
            return action;
        });
    }

    private static <T> T callIn(@Nullable ClassLoader context, Supplier<T> action) {
        var thread = Thread.currentThread();
        var own = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
