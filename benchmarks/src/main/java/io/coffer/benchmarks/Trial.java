package io.coffer.benchmarks;

import java.util.Map;

/**
 * One benchmark on one contender: what a fork of JMH measures.
 *
 * @param parameters of the benchmark's class, by the names of its fields
 * @param contender whom it is measured on, for messages
 */
public record Trial(Class<?> benchmark, String method, Map<String, String> parameters, String contender, int threads) {

    /** A regular expression that finds this method and no other. */
    String include() {
        return "^\\Q" + benchmark.getName() + "." + method + "\\E$";
    }

    @Override
    public String toString() {
        return contender + " " + benchmark.getSimpleName() + "." + method + parameters + " threads=" + threads;
    }
}
