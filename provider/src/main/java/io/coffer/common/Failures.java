package io.coffer.common;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Lets several things be tried although one fails; the first failure is thrown in the end. For one thread. */
public final class Failures {
    private @Nullable Throwable first;

    /** Does something, and keeps its failure. */
    public void attempt(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // also a checked exception that user code throws without declaring it
            add(e);
        }
    }

    /** Keeps a failure: the first, or as one suppressed by it. */
    @SuppressWarnings("ReferenceEquality") // an exception may suppress an equal one, but not itself
    public void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (failure != first) {
            first.addSuppressed(failure);
        }
    }

    /** Throws the first failure, if there is one. */
    public void throwFirst() {
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw new CacheException(first);
        }
    }
}
