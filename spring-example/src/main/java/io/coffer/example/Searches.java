package io.coffer.example;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Carries out searches, times and counts them. An answer that came from a cache is not counted here. */
@Component
class Searches {

    private final MeterRegistry meters;

    Searches(MeterRegistry meters) {
        this.meters = meters;
    }

    Answer run(String cache, String question, Supplier<List<String>> search) {
        long startNanos = System.nanoTime();
        List<String> lines = search.get();
        Duration work = Duration.ofNanos(System.nanoTime() - startNanos);

        counter(cache).increment();
        return new Answer(question, lines, Instant.now(), work);
    }

    long count(String cache) {
        return (long) counter(cache).count();
    }

    private Counter counter(String cache) {
        return meters.counter("example.searches", "cache", cache);
    }
}
