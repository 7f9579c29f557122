package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.expiry.FixedExpiryPolicy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code expiry}: times to live, or a policy of the user.
 *
 * <p>What is left out follows from what is there: a creation counts as an update, and an update as an access. So {@code created}
 * alone is the standard's CreatedExpiryPolicy, {@code updated} its ModifiedExpiryPolicy, {@code accessed} its TouchedExpiryPolicy.
 */
final class ExpiryForm {
    static final Set<String> NAMES = Set.of("created", "updated", "accessed", "jitter", "policy");

    private static final String EXPECTED =
            "an object with created, updated, accessed, jitter or policy, such as { \"created\": \"10m\" }";
    private static final Factory<ExpiryPolicy> ETERNAL_POLICY = EternalExpiryPolicy.factoryOf();
    private static final List<TimeUnit> UNITS =
            List.of(TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS);
    private static final String ETERNAL = "eternal";

    private ExpiryForm() {}

    /** Sets what an object says of expiry, and the configuration does not: the policy, and apart from it the jitter. */
    static void assign(Node node, Reading reading, CofferConfiguration<Object, Object> configuration) {
        if (!node.isObject()) {
            reading.problems().add(node, "found " + node.found() + "; expected " + EXPECTED);
            return;
        }
        reading.problems().refuseUnknown(node, NAMES);
        var jitter = reading.read(node.members(), "jitter", Quantities::share);
        if (jitter != null && configuration.getExpiryJitter() == 0) {
            configuration.setExpiryJitter(jitter);
        }
        var factory = reading.read(node, ExpiryForm::policy);
        if (factory != null && configuration.getExpiryPolicyFactory().equals(ETERNAL_POLICY)) {
            configuration.setExpiryPolicyFactory(factory);
        }
    }

    private static @Nullable Factory<? extends ExpiryPolicy> policy(Node node, Reading reading) {
        var members = node.members();
        var created = reading.read(members, "created", ExpiryForm::time);
        var updated = reading.read(members, "updated", ExpiryForm::time);
        var accessed = reading.read(members, "accessed", ExpiryForm::time);
        var policy = members.get("policy");
        if (policy == null) {
            return factory(created, updated, accessed);
        }
        if (members.containsKey("created") || members.containsKey("updated") || members.containsKey("accessed")) {
            throw new UnfitException("has both a policy and times of its own; leave one of them out");
        }
        return reading.<Factory<ExpiryPolicy>>read(policy, (named, with) -> with.factoryOf(named, ExpiryPolicy.class));
    }

    private static @Nullable Factory<? extends ExpiryPolicy> factory(
            @Nullable Duration created, @Nullable Duration updated, @Nullable Duration accessed) {
        var update = updated == null ? accessed : updated;
        var creation = created == null ? update : created;
        if (creation == null) {
            return null;
        }
        if (update == null) {
            return CreatedExpiryPolicy.factoryOf(creation);
        }
        if (accessed == null && creation.equals(update)) {
            return ModifiedExpiryPolicy.factoryOf(creation);
        }
        if (creation.equals(update) && update.equals(accessed)) {
            return TouchedExpiryPolicy.factoryOf(creation);
        }
        return new FactoryBuilder.SingletonFactory<>(new FixedExpiryPolicy(creation, update, accessed));
    }

    private static Duration time(Node node, Reading reading) {
        return ETERNAL.equals(node.text() == null ? null : reading.scalar(node))
                ? Duration.ETERNAL
                : standard(Quantities.duration(node, reading).toMillis());
    }

    /** In the largest unit that is exact, as a person would have written it. */
    private static Duration standard(long millis) {
        for (var unit : UNITS) {
            if (millis % unit.toMillis(1) == 0) {
                return new Duration(unit, millis / unit.toMillis(1));
            }
        }
        return new Duration(TimeUnit.MILLISECONDS, millis);
    }
}
