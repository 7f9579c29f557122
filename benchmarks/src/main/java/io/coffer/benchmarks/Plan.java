package io.coffer.benchmarks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was asked for on the command line: which trials, and how long each. */
record Plan(List<Row> rows, List<Contender> contenders, List<Integer> threads, Effort effort) {

    /** Contender after contender within a row, so that a disturbance of the machine meets all of them. */
    Set<Trial> trials() {
        Set<Trial> trials = new LinkedHashSet<>();
        for (int count : threads) {
            for (Row row : rows) {
                for (Contender contender : contenders) {
                    if (row.isMeasuredOn(contender)) {
                        trials.add(row.trial(contender, count));
                    }
                }
            }
        }
        return trials;
    }
}
