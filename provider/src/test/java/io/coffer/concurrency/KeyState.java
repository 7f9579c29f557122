package io.coffer.concurrency;

/**
 * What is known of one key between two calls.
 *
 * <p>The deadline was taken at an unknown moment of the call that set it, so only its bounds are known.
 *
 * @param value the value, or null if absent
 * @param deadlineFrom the first moment at which the value may have expired, in milliseconds
 * @param deadlineTo the first moment at which it must have expired
 */
record KeyState(Integer value, long deadlineFrom, long deadlineTo) {
    static final KeyState ABSENT = new KeyState(null, 0, 0);

    boolean isPresent() {
        return value != null;
    }

    KeyState withValue(Integer changed) {
        return new KeyState(changed, deadlineFrom, deadlineTo);
    }

    /** The same, seen alive when the clock had reached a moment: so its deadline comes later. */
    KeyState aliveAt(long millis) {
        return millis < deadlineFrom ? this : new KeyState(value, millis + 1, deadlineTo);
    }
}
