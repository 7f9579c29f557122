package io.coffer.process;

import io.coffer.spi.StoredEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one step has left it. No entry is null.
 *
 * @param seed of the script whose step has written the value
 * @param thread whose step
 * @param index which step
 * @param number of the key
 * @param expiresAtMillis its deadline, perhaps by a later step
 */
record Expected(long seed, int thread, int index, int number, long expiresAtMillis) {
    Expected touched(long expiresAtMillis) {
        return new Expected(seed, thread, index, number, expiresAtMillis);
    }

    /** Whether that is what is there. */
    static boolean isSame(@Nullable Expected expected, @Nullable StoredEntry found) {
        if (expected == null || found == null) {
            return expected == null && found == null;
        }
        return expected.expiresAtMillis == found.expiresAtMillis()
                && Arrays.equals(
                        Script.value(expected.seed, expected.thread, expected.index, expected.number), found.value());
    }
}
