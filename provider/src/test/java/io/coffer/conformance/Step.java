package io.coffer.conformance;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import javax.cache.expiry.Duration;

/**
 * A call and what was so before it.
 *
 * @param before the live entries, the same on both sides
 * @param reference what the callbacks of the reference implementation hear of the call
 */
record Step(Scenario scenario, Script script, Call call, SortedMap<String, String> before, Journal reference) {

    boolean is(Verb... verbs) {
        return List.of(verbs).contains(call.verb());
    }

    boolean wasLive(String key) {
        return key != null && before.containsKey(key);
    }

    /** Whether to remove this key removes nothing: it is absent, or expired when the iterator returned it. */
    boolean hasNothingToRemove(String key) {
        return call.verb().runsProcessor() ? !wasLive(key) : is(Verb.ITERATE) && expiresOnAccess();
    }

    boolean expiresOnAccess() {
        return asksPolicy() && script.accessDuration(call.index()).equals(Optional.of(Duration.ZERO));
    }

    /** Whether calls of the ExpiryPolicy can be seen. */
    boolean asksPolicy() {
        return scenario.expiring() == Scenario.Expiring.SCRIPTED;
    }
}
