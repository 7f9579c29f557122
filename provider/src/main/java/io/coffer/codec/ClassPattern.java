package io.coffer.codec;

import java.util.regex.Pattern;

/**
 * Names classes by their binary names: {@code com.acme.Order} one class, {@code com.acme.*} the classes of a package,
 * {@code com.acme.**} those of a package and of all below. A class within another ({@code com.acme.Order$Line}) belongs to its
 * package as any other.
 *
 * @param text as it was written
 */
record ClassPattern(String text) {
    private static final Pattern FORM = Pattern.compile("(?<name>[^.*]+(\\.[^.*]+)*)(\\.\\*\\*?)?");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    ClassPattern {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()
                || !matcher.group("name")
                        .chars()
                        .allMatch(character -> character == '.' || Character.isJavaIdentifierPart(character))) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no classes. Write a class (com.acme.Order), a package"
                            + " (com.acme.*), or a package and all below (com.acme.**)");
        }
    }

    /** Tells whether a class that is no array is meant. */
    boolean matches(String className) {
        if (text.endsWith(".**")) {
            return className.startsWith(text.substring(0, text.length() - 2));
        }
        if (text.endsWith(".*")) {
            int prefix = text.length() - 1;
            return className.lastIndexOf('.') == prefix - 1 && className.startsWith(text.substring(0, prefix));
        }
        return className.equals(text);
    }
}
