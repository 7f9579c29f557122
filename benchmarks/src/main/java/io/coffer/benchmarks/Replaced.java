package io.coffer.benchmarks;

/** A {@code replace} that finds another value than expected is a cheaper operation: it must not be measured unseen. */
final class Replaced {
    private Replaced() {}

    static boolean require(boolean replaced) {
        if (!replaced) {
            throw new IllegalStateException("The expected value was not there");
        }
        return replaced;
    }
}
