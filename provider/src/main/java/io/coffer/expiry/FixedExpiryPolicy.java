package io.coffer.expiry;

import java.io.Serializable;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An expiry policy with three times that never change: what none of the standard's five can say.
 *
 * @param creation from the creation of an entry
 * @param update from an update, or null to leave the deadline
 * @param access from an access, or null to leave the deadline
 */
public record FixedExpiryPolicy(
        Duration creation,
        @Nullable Duration update,
        @Nullable Duration access) implements ExpiryPolicy, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Duration getExpiryForCreation() {
        return creation;
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107: null leaves the deadline; the API is not annotated
    public Duration getExpiryForAccess() {
        return access;
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public Duration getExpiryForUpdate() {
        return update;
    }
}
