package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What somebody gets who asks for something impossible.
 *
 * @param thrown what was thrown
 */
record Refusal(Throwable thrown) {
    /** In every key and value of the tests, and in no message. */
    static final String SECRET = "secret";

    static Refusal of(ThrowingCallable call) {
        return new Refusal(catchThrowable(call));
    }

    /** The very class, not a subclass of it: callers catch what the specification names. */
    Refusal is(Class<? extends Throwable> type) {
        assertThat(thrown).isExactlyInstanceOf(type);
        return this;
    }

    /** The message names what is concerned, what was found, and what to do about it. */
    void says(String... parts) {
        assertThat(thrown).message().contains(parts);
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).as("no content in any message").doesNotContain(SECRET);
        }
    }
}
