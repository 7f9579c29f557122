package io.coffer.conformance;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.cache.event.CacheEntryListenerException;

/**
 * What the callbacks of one side share: the script, the journal and the values that changed hands.
 *
 * @param translated the differences this side is spared; see {@link KnownDifference}
 */
record World(Scenario scenario, Script script, Journal journal, Set<KnownDifference> translated, Set<Cell> handed) {

    World(Scenario scenario, Script script, Set<KnownDifference> translated) {
        this(scenario, script, new Journal(), translated, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Whether the caller shall spare this side what it is about to do; notes that it happened. */
    boolean translates(KnownDifference difference) {
        boolean translates = translated.contains(difference);
        if (translates) {
            journal.addTranslation(difference);
        }
        return translates;
    }

    /** Throws what a listener would have thrown if this side had not been spared it. */
    void throwSparedFailure() {
        if (journal.takeSparedFailure()) {
            throw new CacheEntryListenerException(new IllegalStateException("scripted listener"));
        }
    }

    /** Remembers a value that user code and cache have both held. */
    <T> T handedOver(T value) {
        if (value instanceof Cell cell) {
            handed.add(cell);
        }
        return value;
    }

    /** Changes every value that user code still holds, as user code may. */
    void spoilValues() {
        handed.forEach(Cell::spoil);
        handed.clear();
    }
}
