package io.coffer.crypto;

import static java.util.Objects.requireNonNull;

/**
 * Outer keys in an environment variable: {@code "key": { "env": "…" }} in {@code coffer.json}. It has a key of 32 random bytes as base64 or
 * hex, or several between commas: the first wraps, all unwrap.
 *
 * <p>The environment of a process does not change while it runs, can be seen by other processes of its user, and is printed by
 * many a tool: a {@link KeyFile} is better where there can be one.
 */
public final class KeyVariable {
    private KeyVariable() {}

    /** Returns the keys of a variable, which is not looked at before they are needed. */
    public static LocalKeys named(String variable) {
        return of(new Variable(requireNonNull(variable, "variable == null")));
    }

    static LocalKeys of(Variable variable) {
        return new LocalKeys(new TextReader(variable, TextReader.Form.KEYS), null);
    }
}
