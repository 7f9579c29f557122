package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Markdown;
import io.coffer.benchmarks.Measurement;
import io.coffer.benchmarks.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The numbers as Markdown. A ratio above 1 always says that the first of the two is ahead. */
final class StoreTable {
    /** Instead of a number: the engine has no call for that, or it makes no sense. */
    static final String NOT_OFFERED = "not offered";

    /** Instead of a number: nothing was there after the kill, so there is nothing that took time to be opened. */
    static final String ALL_LOST = "all lost";

    private static final String FAILED = "failed";

    private final StorePlan plan;
    private final Records records;
    private final Map<EngineKind, Prepared> prepared;
    private final Map<Trial, Measurement> measurements;

    StoreTable(StorePlan plan, Map<EngineKind, Prepared> prepared, Map<Trial, Measurement> measurements) {
        this.plan = plan;
        this.records = new Records(plan.entries(), plan.valueBytes());
        this.prepared = prepared;
        this.measurements = measurements;
    }

    String markdown() {
        List<Comparison> comparisons = Comparison.of(plan.engines());
        List<String> head = new ArrayList<>(List.of("Row"));
        plan.engines().forEach(engine -> head.add(engine.title()));
        comparisons.forEach(comparison -> head.add(comparison.title()));
        var markdown = new Markdown(head);
        for (StoreRow row : plan.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.title()));
            plan.engines().forEach(engine -> cells.add(cell(row, engine)));
            comparisons.forEach(comparison -> cells.add(ratio(row, comparison)));
            markdown.add(cells);
        }
        return markdown.toString();
    }

    private String cell(StoreRow row, EngineKind engine) {
        if (!row.isMeasuredOn(engine)) {
            return NOT_OFFERED;
        }
        Measurement measurement = measurement(row, engine);
        if (measurement != null) {
            return String.format(
                    Locale.ROOT,
                    "%s ± %.0f %%, %.0f B",
                    Markdown.rounded(measurement.operationsPerSecond()),
                    100 * measurement.relativeError(),
                    measurement.bytesPerOperation());
        }
        OptionalDouble number = number(row, engine);
        if (number.isPresent()) {
            return Markdown.rounded(number.getAsDouble());
        }
        return row == StoreRow.OPEN && prepared.containsKey(engine) ? ALL_LOST : FAILED;
    }

    private String ratio(StoreRow row, Comparison comparison) {
        double[] others = comparison.others().stream()
                .map(other -> number(row, other))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        OptionalDouble number = number(row, comparison.engine());
        if (others.length == 0 || number.isEmpty()) {
            return Markdown.NOTHING;
        }
        return row.isBetterIfMore()
                ? Markdown.ratio(
                        number.getAsDouble(), DoubleStream.of(others).max().orElseThrow())
                : Markdown.ratio(DoubleStream.of(others).min().orElseThrow(), number.getAsDouble());
    }

    /** Nothing where it has failed, or was not measured at all. */
    private OptionalDouble number(StoreRow row, EngineKind engine) {
        if (!row.isMeasuredOn(engine) || !prepared.containsKey(engine)) {
            return OptionalDouble.empty();
        }
        if (!row.isThroughput()) {
            return row.number(prepared.get(engine), records);
        }
        Measurement measurement = measurement(row, engine);
        return measurement == null ? OptionalDouble.empty() : OptionalDouble.of(measurement.operationsPerSecond());
    }

    /** Null for rows that JMH does not measure, and where it has failed. */
    private Measurement measurement(StoreRow row, EngineKind engine) {
        return row.isThroughput() && prepared.containsKey(engine)
                ? measurements.get(row.trial(engine, plan, prepared.get(engine).folder()))
                : null;
    }
}
