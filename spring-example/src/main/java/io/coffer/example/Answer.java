package io.coffer.example;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a lookup found: the value of every cache here.
 *
 * @param answeredAt when it was found. JCache does not tell how long an entry still has; the page reckons it from this.
 * @param work how long the search took
 */
record Answer(String question, List<String> lines, Instant answeredAt, Duration work) implements Serializable {

    Answer {
        lines = List.copyOf(lines);
    }

    /** An answer that somebody gave without searching. */
    static Answer taught(String question, String line) {
        return new Answer(question, List.of(line), Instant.now(), Duration.ZERO);
    }
}
