package io.coffer;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what is given to the setters of {@link CofferConfiguration} and {@link StoreConfiguration}; each failure names the setting and what would be right. */
final class SettingChecks {
    private static final Pattern CLASS_PATTERN = Pattern.compile(
            "(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*(\\.\\*\\*?)?");

    private SettingChecks() {}

    static long notNegative(String setting, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(setting + " is " + value + "; a positive number is a bound, 0 is none");
        }
        return value;
    }

    static long noneOrFrom(String setting, long least, long value) {
        if (value != 0 && value < least) {
            throw new IllegalArgumentException(
                    setting + " is " + value + "; right is a number from " + least + " on, or 0 for no bound");
        }
        return value;
    }

    static double share(String setting, double value) {
        if (!(value >= 0 && value < 1)) { // so that NaN is refused, too
            throw new IllegalArgumentException(
                    setting + " is " + value + "; right is a fraction from 0 to less than 1, as 0.1 for a tenth");
        }
        return value;
    }

    static @Nullable Duration positive(String setting, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(setting + " is " + value + "; right is a positive duration, or null");
        }
        return value;
    }

    static int between(String setting, int least, int value, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    setting + " is " + value + "; right is a number from " + least + " to " + most);
        }
        return value;
    }

    static Duration milliseconds(String setting, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    setting + " is " + value + "; right is a millisecond or more, up to what a long can count");
        }
        return value;
    }

    static void classPattern(String pattern) {
        if (!CLASS_PATTERN.matcher(pattern).matches()) {
            throw new IllegalArgumentException("allow has \"" + pattern + "\"; right is the full name of a class,"
                    + " com.acme.* for a package, or com.acme.** for the packages below it, too");
        }
    }
}
