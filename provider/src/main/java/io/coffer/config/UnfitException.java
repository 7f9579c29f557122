package io.coffer.config;

/** A value is not what its setting takes; the message says why, without the place. It never leaves this package. */
final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    UnfitException(String problem) {
        super(problem, null, false, false); // a message for a list, not an event of its own
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
