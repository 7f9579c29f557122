package io.coffer.config;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of environment variables into texts: {@code ${NAME}} or {@code ${NAME:default}}. A second dollar before it
 * makes it plain text.
 *
 * @param environment gives the value of a variable, or null
 */
record Variables(UnaryOperator<@Nullable String> environment) {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$\\{)|\\$\\{([^${}:]+)(?::([^{}]*))?}|(\\$\\{)");

    /**
     * Returns a text with the values in it.
     *
     * @throws UnfitException if a variable is not set and there is no default, or if a reference is not written rightly
     */
    String in(String text) {
        return REFERENCE.matcher(text).replaceAll(reference -> Matcher.quoteReplacement(value(reference)));
    }

    private String value(MatchResult reference) {
        if (reference.group(1) != null) {
            return reference.group(1);
        }
        if (reference.group(4) != null) {
            throw new UnfitException("has ${ without a name and a } of its own; expected ${NAME} or ${NAME:default},"
                    + " or $${ for the text itself");
        }
        return value(reference.group(2), reference.group(3));
    }

    private String value(String name, @Nullable String otherwise) {
        var value = environment.apply(name);
        if (value != null) {
            return value;
        }
        if (otherwise == null) {
            throw new UnfitException(
                    "the environment variable " + name + " is not set; set it, or write ${" + name + ":default}");
        }
        return otherwise;
    }
}
