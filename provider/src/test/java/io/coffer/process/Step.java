package io.coffer.process;

import java.util.List;

/**
 * One call of a store by one thread.
 *
 * @param index which of the thread's calls it is, from 0
 * @param keys the numbers of the thread's keys that it changes; all different
 * @param expiresAtMillis the deadline that they get by it
 * @param named whether it names the stamp that it replaces
 */
record Step(Kind kind, int index, List<Integer> keys, long expiresAtMillis, boolean named) {
    /** Which method is called. */
    enum Kind {
        WRITE,
        WRITE_ALL,
        REMOVE,
        INVALIDATE,
        TOUCH,
        CLEAR,
        SYNC
    }
}
