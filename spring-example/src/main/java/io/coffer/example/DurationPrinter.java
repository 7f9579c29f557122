package io.coffer.example;

import java.time.Duration;
import java.util.Locale;
import org.springframework.format.Printer;
import org.springframework.stereotype.Component;

/** Durations for people: 0.041 ms, 1,412 ms, 10.1 s, 9 min 58 s. Spring Boot applies it to the page. */
@Component
public class DurationPrinter implements Printer<Duration> {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double TENTHS_PER_SECOND = 10;

    @Override
    public String print(Duration duration, Locale locale) {
        if (duration.compareTo(Duration.ofMillis(10)) < 0) {
            // Not microseconds: a console may lack their letter.
            return String.format(locale, "%.3f ms", duration.toNanos() / NANOS_PER_MILLI);
        }
        if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
            return String.format(locale, "%,d ms", duration.toMillis());
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(locale, "%.1f s", duration.toMillis() / 100 / TENTHS_PER_SECOND); // never 60.0
        }
        return String.format(locale, "%,d min %d s", duration.toMinutes(), duration.toSecondsPart());
    }
}
