package io.coffer.tier;

import io.coffer.common.LogOnce;
import io.coffer.spi.StoreException;
import java.util.function.Consumer;
import javax.cache.CacheException;

/**
 * The one rule for what a store cannot do. A strict cache throws it; another one counts it, says so once, and goes on without the
 * entry. Safe for use by several threads.
 */
public final class StoreFailures {
    private final String cacheName;
    private final boolean strict;
    private final boolean throwsUndecodable;
    private final Consumer<StoreIncident> counter;
    private final LogOnce writes = new LogOnce();
    private final LogOnce reads = new LogOnce();
    private final LogOnce tamperings = new LogOnce();
    private final LogOnce decodings = new LogOnce();
    private final LogOnce unseen = new LogOnce();

    /**
     * Makes the rule of one cache.
     *
     * @param strict whether a failing store and a damaged record show as exceptions
     * @param throwsUndecodable whether what cannot be decoded shows as an exception
     * @param counter counts what happens
     */
    public StoreFailures(String cacheName, boolean strict, boolean throwsUndecodable, Consumer<StoreIncident> counter) {
        this.cacheName = cacheName;
        this.strict = strict;
        this.throwsUndecodable = throwsUndecodable;
        this.counter = counter;
    }

    void count(StoreIncident incident) {
        counter.accept(incident);
    }

    /** Returns if the caller shall make the entry absent; the store shows what it has shown before. */
    void writeFailed(StoreException failure) {
        if (strict) {
            count(StoreIncident.WRITE_FAILED);
            throw failure;
        }
        writeFailedHarmlessly(failure);
    }

    /** Returns always: that it could not be written leaves nothing in the store that might be taken for right. */
    void writeFailedHarmlessly(StoreException failure) {
        count(StoreIncident.WRITE_FAILED);
        writes.warn(
                "Cache \"" + cacheName
                        + "\": its store fails to write. A value that cannot be written is absent, in memory"
                        + " and on disk" + (strict ? "" : " (set \"strict\": true for exceptions)"),
                failure);
    }

    /** Returns if the caller shall take the entry for absent. */
    void readFailed(StoreException failure) {
        count(StoreIncident.READ_FAILED);
        if (strict) {
            throw failure;
        }
        if (failure.kind() == StoreException.Kind.TAMPERED) {
            tamperings.warn(
                    "Cache \"" + cacheName
                            + "\": an entry of its store was changed by somebody who does not have the key."
                            + " Such entries are misses and removed (set \"strict\": true for exceptions)",
                    failure);
            return;
        }
        reads.warn(
                "Cache \"" + cacheName + "\": its store fails to read. What cannot be read is a miss"
                        + " (set \"strict\": true for exceptions)",
                failure);
    }

    /** Returns always: what has expired ends, whether somebody can be told of it or not. */
    void expiredUnread(CacheException failure) {
        count(failure instanceof StoreException ? StoreIncident.READ_FAILED : StoreIncident.UNDECODABLE);
        unseen.warn(
                "Cache \"" + cacheName + "\": an entry of the store has expired and cannot be read or decoded."
                        + " No listener is told of such entries",
                failure);
    }

    /** Returns if the caller shall remove the entry. */
    void undecodable(CacheException failure) {
        count(StoreIncident.UNDECODABLE);
        if (throwsUndecodable) {
            throw failure;
        }
        decodings.warn(
                "Cache \"" + cacheName
                        + "\": an entry of the store cannot be decoded and is removed; has its class changed?"
                        + " (set \"onUndecodable\": \"throw\" to keep such entries)",
                failure);
    }
}
