package io.coffer.crypto;

import io.coffer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of kind KEY: each message is a sentence, since a store puts it behind one of its own. */
final class KeyFailure {
    private KeyFailure() {}

    static StoreException of(String message) {
        return of(message, null);
    }

    static StoreException of(String message, @Nullable Throwable cause) {
        var sentence = Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
        return cause == null
                ? new StoreException(StoreException.Kind.KEY, sentence)
                : new StoreException(StoreException.Kind.KEY, sentence, cause);
    }
}
