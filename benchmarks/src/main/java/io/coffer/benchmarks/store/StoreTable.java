package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Markdown;
import io.coffer.benchmarks.Measurement;
import io.coffer.benchmarks.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The numbers as Markdown. A ratio above 1 always says that Coffer is ahead. */
final class StoreTable {
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
        List<EngineKind> others =
                plan.engines().stream().filter(engine -> !engine.isCoffer()).toList();
        List<String> head = new ArrayList<>(List.of("Row"));
        plan.engines().forEach(engine -> head.add(engine.title()));
        others.forEach(engine -> head.add("Coffer : " + engine.title()));
        head.add("Coffer : best peer");
        var markdown = new Markdown(head);
        for (StoreRow row : plan.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.title()));
            plan.engines().forEach(engine -> cells.add(cell(row, engine)));
            others.forEach(engine -> cells.add(ratio(row, engine::equals)));
            cells.add(ratio(row, EngineKind::isPeer));
            markdown.add(cells);
        }
        return markdown.toString();
    }

    private String cell(StoreRow row, EngineKind engine) {
        Measurement measurement = measurement(row, engine);
        if (measurement != null) {
            return String.format(
                    Locale.ROOT,
                    "%s ± %.0f %%, %.0f B",
                    Markdown.rounded(measurement.operationsPerSecond()),
                    100 * measurement.relativeError(),
                    measurement.bytesPerOperation());
        }
        return isKnown(row, engine) ? Markdown.rounded(number(row, engine)) : Markdown.NOTHING;
    }

    /** How far Coffer is ahead of the best of the others. */
    private String ratio(StoreRow row, Predicate<EngineKind> others) {
        List<Double> numbers = plan.engines().stream()
                .filter(others)
                .filter(engine -> isKnown(row, engine))
                .map(engine -> number(row, engine))
                .toList();
        if (numbers.isEmpty() || !isKnown(row, EngineKind.COFFER)) {
            return Markdown.NOTHING;
        }
        double coffer = number(row, EngineKind.COFFER);
        return row.isBetterIfMore()
                ? Markdown.ratio(coffer, numbers.stream().max(Double::compare).orElseThrow())
                : Markdown.ratio(numbers.stream().min(Double::compare).orElseThrow(), coffer);
    }

    private boolean isKnown(StoreRow row, EngineKind engine) {
        return row.isThroughput() ? measurement(row, engine) != null : prepared.containsKey(engine);
    }

    private double number(StoreRow row, EngineKind engine) {
        Measurement measurement = measurement(row, engine);
        return measurement != null ? measurement.operationsPerSecond() : row.number(prepared.get(engine), records);
    }

    /** Null for rows that JMH does not measure, and where it has failed. */
    private Measurement measurement(StoreRow row, EngineKind engine) {
        return row.isThroughput() && prepared.containsKey(engine)
                ? measurements.get(row.trial(engine, plan, prepared.get(engine).folder()))
                : null;
    }
}
