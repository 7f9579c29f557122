package io.coffer.store;

import java.io.IOException;
import java.util.Map;

/**
 * A store that {@link CrashEnumeration} crashes. It must be deterministic: no threads, clocks and chance of its own.
 *
 * @param <S> the store while it is open
 */
public interface CrashSubject<S> {
    /** Opens the store that is in a directory, if need be by recovery, or a new one. Fails if it cannot be used. */
    S open(Files files) throws IOException;

    /** Returns all entries as texts. */
    Map<String, String> contents(S store) throws IOException;

    /** Puts an entry so that it survives a power failure when this returns. */
    void putDurably(S store, String key, String value) throws IOException;
}
