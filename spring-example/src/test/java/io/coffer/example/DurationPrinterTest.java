package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations as people read them. */
class DurationPrinterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT0S         | 0.000 ms",
                "PT0.000041S  | 0.041 ms",
                "PT0.009999S  | 9.999 ms",
                "PT0.01S      | 10 ms",
                "PT9.999S     | '9,999 ms'",
                "PT10S        | 10.0 s",
                "PT10.19S     | 10.1 s",
                "PT59.999S    | 59.9 s",
                "PT1M         | 1 min 0 s",
                "PT9M58.7S    | 9 min 58 s",
                "PT1H         | 60 min 0 s"
            })
    void print_duration_choosesTheUnit(Duration duration, String text) {
        assertThat(new DurationPrinter().print(duration, Locale.ENGLISH)).isEqualTo(text);
    }
}
