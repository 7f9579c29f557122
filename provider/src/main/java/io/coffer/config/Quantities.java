package io.coffer.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The forms of what can be counted or measured. */
final class Quantities {
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Integer> SIZE_SHIFTS = Map.of("b", 0, "kb", 10, "mb", 20, "gb", 30, "tb", 40);
    private static final String TIME_EXPECTED =
            "a time of a millisecond or more with its unit, such as \"90s\", \"10m\", \"1h30m\", \"7d\" or \"PT10M\"";
    private static final int TIME_LENGTH_MAX = 64; // the pattern below takes stack for each of its turns
    private static final Pattern TIMES = Pattern.compile("([0-9]+(ms|s|m|h|d))+");
    private static final Pattern TIME = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
    private static final Pattern COUNT = Pattern.compile("[0-9][0-9_]*");
    private static final Pattern SIZE = Pattern.compile("([0-9][0-9_]*) *([kmgt]?b)?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *%");

    private Quantities() {}

    /** True or false, also as text. */
    static boolean truth(Node node, Reading reading) {
        var text = reading.scalar(node);
        if ("true".equals(text) || "false".equals(text)) {
            return Boolean.parseBoolean(text);
        }
        throw unfit(node, "true or false");
    }

    /** A whole number from 0 on, also as text, in which underscores may group the digits. */
    static long count(Node node, Reading reading) {
        var text = reading.scalar(node);
        if (text != null && COUNT.matcher(text).matches()) {
            try {
                return Long.parseLong(text.replace("_", ""));
            } catch (NumberFormatException e) {
                throw unfit(node, "a number up to " + Long.MAX_VALUE);
            }
        }
        throw unfit(node, "a whole number such as 10000, or 0 for no bound");
    }

    /** A number of bytes, with a unit if it is text. Units are powers of 1024. */
    static long bytes(Node node, Reading reading) {
        return bytes(
                node,
                reading,
                "a number of bytes such as 1048576, \"512KB\" or \"64MB\", or 0 for no bound",
                "a number of bytes up to " + Long.MAX_VALUE);
    }

    /** The same, with what is expected of something else, and of a number that is too large. */
    static long bytes(Node node, Reading reading, String expected, String expectedAtMost) {
        var text = reading.scalar(node);
        var size = SIZE.matcher(text == null ? "" : text.toLowerCase(Locale.ROOT));
        if (size.matches()) {
            try {
                int shift = size.group(2) == null ? 0 : SIZE_SHIFTS.getOrDefault(size.group(2), 0);
                return Math.multiplyExact(Long.parseLong(size.group(1).replace("_", "")), 1L << shift);
            } catch (ArithmeticException | NumberFormatException e) {
                throw unfit(node, expectedAtMost);
            }
        }
        throw unfit(node, expected);
    }

    /** A share from 0 to less than 1. */
    static double share(Node node, Reading reading) {
        var text = reading.scalar(node);
        var percent = PERCENT.matcher(text == null ? "" : text);
        double share = percent.matches() ? Double.parseDouble(percent.group(1)) / 100 : Double.NaN;
        if (share >= 0 && share < 1) {
            return share;
        }
        throw unfit(node, "a percentage from \"0%\" to less than \"100%\"");
    }

    /** A time of at least a millisecond, and short enough to be counted in milliseconds. */
    static Duration duration(Node node, Reading reading) {
        var text = node.text() == null ? null : reading.scalar(node);
        try {
            var duration = text == null ? Duration.ZERO : parse(text);
            if (duration.toMillis() > 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw unfit(node, TIME_EXPECTED);
        }
        throw unfit(node, TIME_EXPECTED);
    }

    private static Duration parse(String text) {
        if (text.length() <= TIME_LENGTH_MAX && TIMES.matcher(text).matches()) {
            return TIME.matcher(text)
                    .results()
                    .map(part -> TIME_UNITS
                            .getOrDefault(part.group(2), Duration.ZERO)
                            .multipliedBy(Long.parseLong(part.group(1))))
                    .reduce(Duration.ZERO, Duration::plus);
        }
        return Duration.parse(text);
    }

    static UnfitException unfit(Node node, String expected) {
        return new UnfitException("found " + node.found() + "; expected " + expected);
    }
}
