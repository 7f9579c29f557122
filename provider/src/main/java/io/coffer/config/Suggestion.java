package io.coffer.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody may have meant who wrote a name that does not exist. */
final class Suggestion {

    private Suggestion() {}

    /** Returns the end of a message: the nearest name if one is near, and all that are allowed. */
    static String among(Collection<String> allowed, String written) {
        var nearest = nearest(allowed, written)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse(".");
        return nearest + " Allowed: " + allowed.stream().sorted().collect(Collectors.joining(", "));
    }

    /** Returns the name that is so near that it may have been meant, if there is one. */
    static Optional<String> nearest(Collection<String> names, String written) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(name, written)))
                .filter(name -> distance(name, written) <= likelyMistakes(written.length()));
    }

    /** Of four letters, two others may be any word. */
    private static int likelyMistakes(int letters) {
        return letters <= 4 ? 1 : Math.max(2, letters / 3);
    }

    /** How many letters must be added, dropped or changed to make one of the other, whatever their case (Levenshtein 1965). */
    private static int distance(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
