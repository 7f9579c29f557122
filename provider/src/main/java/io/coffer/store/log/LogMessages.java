package io.coffer.store.log;

import io.coffer.common.LogOnce;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.DiskFailure;
import io.coffer.store.DiskFullException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What one store tells: its exceptions and its lines in the log. They name the cache, never a key or a value. Safe for use by several threads. */
final class LogMessages {
    static final System.Logger LOG = System.getLogger("io.coffer");

    private final String cacheName;
    private final LogOnce refusedReads = new LogOnce();

    LogMessages(String cacheName) {
        this.cacheName = cacheName;
    }

    /** Returns what to throw when the disk has refused. */
    StoreException disk(String what, IOException cause) {
        return cause instanceof DiskFullException ? full(what, cause) : failed(what, cause);
    }

    StoreException full(String what, @Nullable Throwable cause) {
        var message = prefix() + what + ": there is no room on the disk. Nothing has changed; it is tried again.";
        return cause == null ? new StoreException(Kind.FULL, message) : new StoreException(Kind.FULL, message, cause);
    }

    /** @param which which bound was reached, see {@link DiskBound#told} */
    StoreException bound(String which) {
        return new StoreException(
                Kind.FULL,
                prefix() + "nothing can be written: " + which
                        + ". Nothing has changed. Raise it, remove entries, or set \"onFull\": \"evict\".");
    }

    StoreException failed(String what, @Nullable IOException cause) {
        var message = prefix() + what + ": the disk has failed"
                + (cause == null ? "" : " (" + DiskFailure.told(cause) + ")")
                + ". Whether it survives a restart is unknown.";
        return cause == null
                ? new StoreException(Kind.FAILED, message)
                : new StoreException(Kind.FAILED, message, cause);
    }

    StoreException damaged(String file, long offset) {
        return new StoreException(
                Kind.DAMAGED, prefix() + "an entry cannot be read: " + file + " is damaged at offset " + offset + ".");
    }

    StoreException tampered(String file, long offset) {
        return new StoreException(
                Kind.TAMPERED,
                prefix() + "an entry cannot be trusted: " + file + " was changed at offset " + offset
                        + " by somebody who did not have the key.");
    }

    /** Returns what to throw when the outer key cannot be had; the cause is a sentence that names no cache. */
    StoreException noKey(String what, StoreException cause) {
        return new StoreException(
                cause.kind(), prefix() + what + ": " + cause.getMessage() + " Nothing was changed.", cause);
    }

    StoreException tooLarge(String what) {
        return new StoreException(Kind.TOO_LARGE, prefix() + what + ".");
    }

    IllegalStateException closed() {
        return new IllegalStateException(prefix() + "the store is closed");
    }

    StoreException readFailed(IOException cause) {
        refusedReads.warn(prefix() + "the disk refuses to read; further refusals are told at level DEBUG", cause);
        return failed("an entry could not be read", cause);
    }

    void debug(String what, Throwable cause) {
        LOG.log(Level.DEBUG, prefix() + what, cause);
    }

    void info(String what) {
        LOG.log(Level.INFO, prefix() + what);
    }

    void warn(String what, @Nullable Throwable cause) {
        LOG.log(Level.WARNING, prefix() + what, cause);
    }

    /** Warns of something that is tried again and again. */
    void warnOnce(LogOnce once, String what, Throwable cause) {
        once.warn(prefix() + what, cause);
    }

    private String prefix() {
        return "Cache " + cacheName + ": ";
    }
}
