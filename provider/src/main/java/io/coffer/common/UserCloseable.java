package io.coffer.common;

import java.io.Closeable;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Closes what the user's factories have made: listeners, filters, loaders, writers, policies (JSR-107, Cache.close). */
public final class UserCloseable {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private UserCloseable() {}

    /** Closes an object if it can be closed. A failure is logged, an Error too: what it
     * belonged to is gone in any case, and others wait for being closed. */
    public static void close(@Nullable Object made) {
        if (made instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (Exception | Error e) {
                LOG.log(Level.WARNING, made.getClass().getName() + " failed to close", e);
            }
        }
    }
}
