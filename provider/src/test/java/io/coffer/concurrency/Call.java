package io.coffer.concurrency;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One finished call of a cache operation on one key, as its caller saw it.
 *
 * @param thread who called
 * @param kind which operation
 * @param key on which key
 * @param argument the value given, or null
 * @param expected the value that the entry had to have, or null
 * @param result what was returned, or null
 * @param loaded what the CacheLoader returned to this call, or null if it did not or was not asked
 * @param began when it was called; every moment of a round has a number of its own
 * @param ended when it had returned
 * @param beganMillis the clock of the cache, read before the call
 * @param endedMillis the clock of the cache, read after the call
 */
record Call(
        String thread,
        Kind kind,
        int key,
        Integer argument,
        Integer expected,
        Object result,
        Integer loaded,
        long began,
        long ended,
        long beganMillis,
        long endedMillis) {

    /** The operations of {@code javax.cache.Cache}, as one key sees them; some are EntryProcessors. */
    enum Kind {
        GET,
        CONTAINS_KEY,
        PUT,
        GET_AND_PUT,
        PUT_IF_ABSENT,
        REPLACE,
        REPLACE_IF,
        GET_AND_REPLACE,
        REMOVE,
        REMOVE_IF,
        GET_AND_REMOVE,
        /** Gets, and sets one more, or the argument if there was nothing. Returns what it got. */
        INCREMENT,
        /** Asks whether the entry exists, and sets it. Returns the answer. */
        SET,
        /** Asks whether the entry exists, and removes it. Returns the answer. */
        TAKE_AWAY,
        /** Of all keys, as {@code clear} is; it tells nothing. */
        CLEAR,
        /** Likewise, {@code removeAll()}. */
        REMOVE_ALL;

        /** Returns all but those on all keys, which hide what a broken call has left. */
        static List<Kind> ofOneKey() {
            return Stream.of(values()).filter(kind -> !kind.isOfAll()).toList();
        }

        /** Tells whether it is one call on all keys. */
        boolean isOfAll() {
            return this == CLEAR || this == REMOVE_ALL;
        }
    }

    boolean returned(Object value) {
        return Objects.equals(result, value);
    }

    /** Returns the same call at other times of the cache's clock. */
    Call between(long otherBeganMillis, long otherEndedMillis) {
        return new Call(
                thread,
                kind,
                key,
                argument,
                expected,
                result,
                loaded,
                began,
                ended,
                otherBeganMillis,
                otherEndedMillis);
    }

    /** Returns the same call, as another key sees it. */
    Call on(int otherKey) {
        return new Call(
                thread, kind, otherKey, argument, expected, result, loaded, began, ended, beganMillis, endedMillis);
    }

    /** Returns the same call, for which a value was loaded. */
    Call loading(Integer value) {
        return new Call(thread, kind, key, argument, expected, result, value, began, ended, beganMillis, endedMillis);
    }

    @Override
    public String toString() {
        return "%4d-%-4d at %d-%d ms  %-8s k%d %s(%s%s) = %s%s"
                .formatted(
                        began,
                        ended,
                        beganMillis,
                        endedMillis,
                        thread,
                        key,
                        kind,
                        expected == null ? "" : expected + ", ",
                        argument == null ? "" : argument,
                        result,
                        loaded == null ? "" : " loaded " + loaded);
    }
}
