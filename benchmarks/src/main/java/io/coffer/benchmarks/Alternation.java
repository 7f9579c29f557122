package io.coffer.benchmarks;

import java.util.function.BiFunction;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** The row {@code invoke}: reads the value and sets another one that depends on it. */
final class Alternation implements EntryProcessor<String, String, String>, BiFunction<String, String, String> {
    private static final String ONE = "one";
    private static final String OTHER = "other";

    @Override
    public String process(MutableEntry<String, String> entry, Object... arguments) {
        String next = after(entry.getValue());
        entry.setValue(next);
        return next;
    }

    /** The same for {@link java.util.Map#compute}. */
    @Override
    public String apply(String key, String value) {
        return after(value);
    }

    private static String after(String value) {
        return value.equals(ONE) ? OTHER : ONE;
    }
}
