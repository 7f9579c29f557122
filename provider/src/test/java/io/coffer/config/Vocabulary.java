package io.coffer.config;

import java.util.Set;

/** The names that the reader knows, at each level; the private ones are looked up where they stand. */
final class Vocabulary {

    private Vocabulary() {}

    static Set<String> ofTop() {
        return namesIn(Document.class);
    }

    static Set<String> ofCache() {
        return Settings.names();
    }

    static Set<String> ofExpiry() {
        return ExpiryForm.NAMES;
    }

    static Set<String> ofKey() {
        return KeyForm.NAMES;
    }

    static Set<String> ofListener() {
        return namesIn(ListenerForm.class);
    }

    @SuppressWarnings("unchecked") // as it is declared
    private static Set<String> namesIn(Class<?> form) {
        try {
            var field = form.getDeclaredField("NAMES");
            field.setAccessible(true);
            return (Set<String>) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Where are the names of " + form + "?", e);
        }
    }
}
