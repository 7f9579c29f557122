package io.coffer.benchmarks;

import java.util.List;
import java.util.Locale;

/** A table in Markdown, and numbers as they stand in it. */
public final class Markdown {
    /** In a cell that has no number. */
    public static final String NOTHING = "–";

    private final StringBuilder text = new StringBuilder();

    /** The first column holds words, the others numbers. */
    public Markdown(List<String> head) {
        add(head);
        text.append("|---|").append("--:|".repeat(head.size() - 1)).append('\n');
    }

    public void add(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Millions or thousands, three digits; below a thousand as it is. */
    public static String rounded(double number) {
        double millions = number / 1e6;
        double thousands = number / 1e3;
        return millions >= 1
                ? threeDigits(millions) + " M"
                : thousands >= 1 ? threeDigits(thousands) + " k" : threeDigits(number);
    }

    /** How many times the second is in the first; nothing if one of them is missing, which is zero. */
    public static String ratio(double number, double of) {
        return number > 0 && of > 0 ? String.format(Locale.ROOT, "%.2f", number / of) : NOTHING;
    }

    public static String threeDigits(double number) {
        int decimals = number < 10 ? 2 : number < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /** The lines so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
