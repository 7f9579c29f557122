package io.coffer.example.story;

/** The application has ended though nobody has ended it, or has not even started. */
final class ApplicationEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ApplicationEndedException(String message) {
        super(message);
    }
}
