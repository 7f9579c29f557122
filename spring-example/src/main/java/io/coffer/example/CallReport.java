package io.coffer.example;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One call, told to other programs.
 *
 * @param lines what was found
 * @param took the time that the caller waited, without that of the network
 * @param origin where the answer came from
 * @param expiresAt the deadline that the cache has for the entry
 */
public record CallReport(List<String> lines, Duration took, Origin origin, Instant expiresAt) {

    /** Makes a report of these values. */
    public CallReport {
        lines = List.copyOf(lines);
    }
}
