package io.coffer.conformance;

import java.util.List;

/**
 * One call on a cache, as a value that can be made on both sides.
 *
 * @param index which call of the run it is; the callbacks' answers hang on it
 * @param keys the keys it names, in order; a {@code null} among them stands for a caller's mistake
 * @param value number of the value to write, or {@link Storing#NULL}
 * @param old number of the value expected, or {@link Storing#NULL}
 * @param program what an entry processor does; empty for every other verb
 * @param choice further bits: replace existing values, which entries an iterator removes, what a processor returns
 */
record Call(int index, Verb verb, List<String> keys, int value, int old, List<EntryStep> program, int choice) {

    String key() {
        return keys.get(0);
    }

    boolean chooses(int bit) {
        return (choice >> bit & 1) == 1;
    }

    boolean namesNullKey() {
        return keys.contains(null);
    }
}
