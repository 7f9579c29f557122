package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An environment variable that has a secret. Java gives it as a String, which cannot be wiped.
 *
 * @param name of the variable
 * @param environment gives the value of a variable, or null
 */
record Variable(String name, Source environment) implements Secret {
    /** Gives the value of a variable, or null. */
    interface Source extends UnaryOperator<@Nullable String>, Serializable {}

    private enum OfProcess implements Source {
        ENVIRONMENT;

        @Override
        public @Nullable String apply(@Nullable String name) {
            return System.getenv(name);
        }
    }

    Variable(String name) {
        this(name, OfProcess.ENVIRONMENT);
    }

    /** Returns the value as UTF-8. */
    @Override
    public byte[] read() {
        return value().getBytes(UTF_8);
    }

    /** Returns the value; the caller wipes it. */
    char[] chars() {
        return value().toCharArray();
    }

    private String value() {
        var value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw KeyFailure.of(this + " is " + (value == null ? "not set" : "empty") + "; set it for this process");
        }
        return value;
    }

    @Override
    public String toString() {
        return "environment variable " + name;
    }
}
