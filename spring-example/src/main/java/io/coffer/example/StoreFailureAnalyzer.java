package io.coffer.example;

import io.coffer.spi.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few lines, instead of a stack trace, why the application does not start: the key is missing, or the files are another's. */
class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
        String action = switch (cause.kind()) {
            case KEY -> "Put the right key where \"key\" of coffer.json says. Nothing on disk was changed.";
            case LOCKED -> "End the process that has the folder, or give one of both another \"directory\".";
            default -> "See docs/configuration.md, \"On disk\".";
        };
        return new FailureAnalysis(cause.getMessage(), action, cause);
    }
}
