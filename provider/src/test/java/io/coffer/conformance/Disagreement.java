package io.coffer.conformance;

/** The caches behaved differently where they are not known to. The message is what one needs to repeat it. */
final class Disagreement extends AssertionError {

    private static final long serialVersionUID = 1;

    Disagreement(String report) {
        super(report);
    }
}
