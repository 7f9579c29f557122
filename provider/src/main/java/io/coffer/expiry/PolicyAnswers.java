package io.coffer.expiry;

import io.coffer.common.LogOnce;
import java.util.function.Supplier;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** Asks a policy, and replaces no answer by one; a failure is logged, as a warning once a cache. */
final class PolicyAnswers {
    private final String cacheName;
    private final ExpiryPolicy policy;
    private final LogOnce log = new LogOnce();

    PolicyAnswers(String cacheName, ExpiryPolicy policy) {
        this.cacheName = cacheName;
        this.policy = policy;
    }

    /**
     * Returns the policy's answer; if it fails, or answers null although there is a fallback, the fallback. No fallback stands
     * for: leave the deadline.
     */
    @Nullable
    Duration orElse(Supplier<@Nullable Duration> question, @Nullable Duration fallback) {
        try {
            var answer = question.get();
            if (answer == null && fallback != null) {
                tell("returned null for a creation", fallback, null);
            }
            return answer == null ? fallback : answer;
        } catch (Exception e) {
            tell("failed", fallback, e);
            return fallback;
        }
    }

    private void tell(String what, @Nullable Duration fallback, @Nullable Exception cause) {
        var meaning = fallback == null ? "the deadline stays as it was" : "the entry is eternal";
        log.warn(
                "Cache \"" + cacheName + "\": ExpiryPolicy " + policy.getClass().getName() + " " + what + "; "
                        + meaning,
                cause);
    }
}
