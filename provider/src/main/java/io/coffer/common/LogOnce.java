package io.coffer.common;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Warns of something that may happen at every operation: the first time as a warning, then at level DEBUG. */
public final class LogOnce {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final AtomicBoolean told = new AtomicBoolean();

    /** Tells whether a warning has been given. */
    public boolean isTold() {
        return told.get();
    }

    /** Warns; neither message nor cause may contain a key or value. */
    public void warn(String message, @Nullable Throwable cause) {
        boolean isFirst = told.compareAndSet(false, true);
        LOG.log(isFirst ? Level.WARNING : Level.DEBUG, message, cause);
    }
}
