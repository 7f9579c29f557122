package io.coffer.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a command line, read from left to right. What cannot be read is an IllegalArgumentException with what would be right. */
public final class Words {
    private final Deque<String> words;

    public Words(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    public String next() {
        return words.remove();
    }

    /** The word after an option. */
    public String valueOf(String option) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.remove();
    }

    /** The values after an option, with commas between them. */
    public <T> List<T> listOf(String option, Function<String, T> one) {
        return Stream.of(valueOf(option).split(",")).map(one).distinct().toList();
    }

    public static <T> T find(T[] all, Function<T, String> id, String word) {
        return Arrays.stream(all)
                .filter(one -> id.apply(one).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown: " + word + ". Known: " + ids(all, id)));
    }

    /** From 1 to 99,999,999. */
    public static int positive(String word) {
        if (!word.matches("[1-9][0-9]{0,7}")) {
            throw new IllegalArgumentException("Expected a positive number, actual: " + word);
        }
        return Integer.parseInt(word);
    }

    public static <T> String ids(T[] all, Function<T, String> id) {
        return Arrays.stream(all).map(id).distinct().collect(Collectors.joining(", "));
    }
}
