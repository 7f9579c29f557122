package io.coffer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The measurements as Markdown: a table for each number of threads. */
final class Table {
    static final double CPU_SHARE_WORTH_TELLING = 0.95;

    private final Plan plan;
    private final Map<Trial, Measurement> measurements;

    Table(Plan plan, Map<Trial, Measurement> measurements) {
        this.plan = plan;
        this.measurements = measurements;
    }

    String markdown(int threads) {
        List<String> head = new ArrayList<>(List.of("Operation"));
        plan.contenders().forEach(contender -> head.add(contender.title()));
        head.addAll(List.of("Coffer : best peer", "Coffer : map"));

        var markdown = new Markdown(head);
        for (Row row : plan.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.title()));
            plan.contenders().forEach(contender -> cells.add(cell(row, contender, threads)));
            cells.add(ratio(row, threads, Contender::isPeer));
            cells.add(ratio(row, threads, contender -> contender == Contender.MAP));
            markdown.add(cells);
        }
        return markdown.toString();
    }

    private String cell(Row row, Contender contender, int threads) {
        if (!row.isMeasuredOn(contender) || !measurements.containsKey(row.trial(contender, threads))) {
            return Markdown.NOTHING;
        }
        var measurement = measurements.get(row.trial(contender, threads));
        double cpuShare = measurement.cpuShare();
        return String.format(
                Locale.ROOT,
                "%s ± %.0f %%, %.0f B%s",
                Markdown.rounded(measurement.operationsPerSecond()),
                100 * measurement.relativeError(),
                measurement.bytesPerOperation(),
                cpuShare < CPU_SHARE_WORTH_TELLING ? String.format(Locale.ROOT, " (CPU %.0f %%)", 100 * cpuShare) : "");
    }

    /** Coffer's throughput in parts of the best of the others. */
    private String ratio(Row row, int threads, Predicate<Contender> others) {
        double coffer = best(row, threads, contender -> contender == Contender.COFFER);
        double best = best(row, threads, others);
        return Markdown.ratio(coffer, best);
    }

    /** Zero if none of them was measured. */
    private double best(Row row, int threads, Predicate<Contender> among) {
        return plan.contenders().stream()
                .filter(among)
                .filter(row::isMeasuredOn)
                .map(contender -> row.trial(contender, threads))
                .filter(measurements::containsKey)
                .mapToDouble(trial -> measurements.get(trial).operationsPerSecond())
                .max()
                .orElse(0);
    }
}
