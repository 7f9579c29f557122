package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Effort;
import io.coffer.benchmarks.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on the command line.
 *
 * @param folder where the stores are made, and deleted afterwards
 */
record StorePlan(
        List<StoreRow> rows, List<EngineKind> engines, int entries, int valueBytes, Path folder, Effort effort) {

    /** What JMH measures, on engines that could be prepared. */
    List<Trial> trials(Map<EngineKind, Prepared> prepared) {
        List<Trial> trials = new ArrayList<>();
        for (StoreRow row : rows) {
            prepared.forEach((engine, filled) -> {
                if (row.isThroughput() && row.isMeasuredOn(engine)) {
                    trials.add(row.trial(engine, this, filled.folder()));
                }
            });
        }
        return trials;
    }
}
