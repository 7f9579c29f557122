package io.coffer.operation;

import io.coffer.tier.Expirable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of one key: a function from the live value, or null, to what shall become of it.
 *
 * @param looks whether the caller learns if there was a value, so that the lookup counts as hit or miss (JSR-107 section 10)
 * @param reads whether the value itself is needed, which may lie on disk: else it is enough that there is one
 * @param decision the function; called under the lock of the key, without any effect of its own unless it runs user code. It is asked
 *     again if the store has changed meanwhile
 */
public record Operation<V, R>(boolean looks, boolean reads, Function<@Nullable Expirable<V>, Change<V, R>> decision) {

    /** An operation that tells its caller nothing of the value. */
    static <V, R> Operation<V, R> blind(Function<@Nullable Expirable<V>, Change<V, R>> decision) {
        return new Operation<>(false, false, decision);
    }

    /** An operation that tells its caller whether there is a value. */
    static <V, R> Operation<V, R> looking(Function<@Nullable Expirable<V>, Change<V, R>> decision) {
        return new Operation<>(true, false, decision);
    }

    /** An operation that tells its caller something of the value. */
    static <V, R> Operation<V, R> reading(Function<@Nullable Expirable<V>, Change<V, R>> decision) {
        return new Operation<>(true, true, decision);
    }

    /** An operation that reads a value whose lookup was counted already. */
    static <V, R> Operation<V, R> readingAgain(Function<@Nullable Expirable<V>, Change<V, R>> decision) {
        return new Operation<>(false, true, decision);
    }
}
