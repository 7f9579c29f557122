package io.coffer.config;

import org.jspecify.annotations.Nullable;

/**
 * How the value of a setting is written.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
interface Form<T> {

    /**
     * Reads a value; null if it says nothing, or something in it was a problem of its own.
     *
     * @throws UnfitException if it is not written in this form
     */
    @Nullable
    T read(Node node, Reading reading);
}
