package io.coffer.conformance;

import java.util.Optional;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** An ExpiryPolicy that answers by the script. */
final class ScriptedPolicy implements ExpiryPolicy {

    static final String ACCESS = "access";

    private static final String CREATION = "creation";

    private final World world;

    ScriptedPolicy(World world) {
        this.world = world;
    }

    @Override
    public Duration getExpiryForCreation() {
        Optional<Duration> answer = answer(CREATION);
        if (answer.isEmpty() && world.translates(KnownDifference.NULL_CREATION_EXPIRY)) {
            return Duration.ETERNAL;
        }
        return answer.orElse(null);
    }

    @Override
    public Duration getExpiryForAccess() {
        return answer(ACCESS).orElse(null);
    }

    @Override
    public Duration getExpiryForUpdate() {
        return answer("update").orElse(null);
    }

    private Optional<Duration> answer(String method) {
        if (!world.journal().isOpen()) {
            return method.equals(CREATION) ? Optional.of(Duration.ETERNAL) : Optional.empty();
        }
        world.journal().addPolicyCall(method);
        return world.script().duration(world.journal().index(), method);
    }
}
