package io.coffer.operation;

import javax.cache.Cache;

/**
 * One operation as the specification has it: what becomes of an absent and of a live entry, what the caller gets, and what the
 * CacheWriter and the CacheLoader are told. An expired entry is an absent one.
 *
 * @param name for messages
 * @param call carries the operation out on {@code KEY}
 * @param isReadThrough whether the cache is
 * @param looks whether the statistics count the lookup as a hit or a miss (JSR-107, table of CacheStatisticsMXBean)
 * @param ofAbsent what happens if there is no live entry
 * @param ofLive what happens if there is one
 */
record MatrixRow(String name, MatrixCall call, boolean isReadThrough, boolean looks, Effect ofAbsent, Effect ofLive) {
    static final String KEY = "k";
    static final String OLD = "old";
    static final String NEW = "new";
    static final String LOADED = "loaded";

    /** An operation on {@code KEY}, and what it returns in a form that can be compared. */
    @FunctionalInterface
    interface MatrixCall {
        Object on(Cache<String, String> cache) throws Exception;
    }

    /** What becomes of an entry. */
    enum Becoming {
        /** It stays as it is, absent or not. */
        KEPT,
        /** Its value is read. */
        TOUCHED,
        /** It is new, with the caller's value. */
        CREATED,
        /** It has the caller's value now. */
        UPDATED,
        /** It is gone, as the caller wanted. */
        REMOVED,
        /** It is new, with the loader's value. */
        LOADED,
        /** It has the loader's value now. */
        RELOADED,
        /** It is gone, and nobody is told. */
        CLEARED,
        /** Its value is read by an iterator, which then removes it. */
        TOUCHED_THEN_REMOVED
    }

    /**
     * What happens to an entry, and who is told.
     *
     * @param becoming what becomes of it
     * @param result what the caller gets
     * @param resultBornExpired what he gets if the new entry expires at once
     * @param writer the call of the writer, or none
     * @param loader the call of the loader, or none
     */
    record Effect(Becoming becoming, Object result, Object resultBornExpired, String writer, String loader) {

        static Effect of(Becoming becoming, Object result) {
            return new Effect(becoming, result, result, "", "");
        }

        Effect orBornExpired(Object other) {
            return new Effect(becoming, result, other, writer, loader);
        }

        Effect writing(String call) {
            return new Effect(becoming, result, resultBornExpired, call, loader);
        }

        Effect loading(String call) {
            return new Effect(becoming, result, resultBornExpired, writer, call);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
