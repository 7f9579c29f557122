package io.coffer.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Runs the benchmarks and prints Markdown for docs/benchmarks.md; progress goes to standard error. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.print(CommandLine.usage());
            return;
        }
        try {
            System.exit(run(present(CommandLine.parse(words))) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(CommandLine.usage());
            System.exit(2);
        }
    }

    /** Whether all trials ended well. */
    private static boolean run(Plan plan) throws IOException {
        var surroundings = new Surroundings();
        Set<Trial> trials = plan.trials();
        Effort effort = plan.effort();
        try (var console = new Console()) {
            console.progress()
                    .printf(
                            "%d trials in %d rounds, %d s of measuring. JMH's own output: %s%n",
                            trials.size(), effort.forks(), effort.measuringSeconds(trials), console.logFile());
            var campaign = new Campaign(trials, effort, Campaign.JVM_ARGUMENTS, console);
            campaign.run();
            print(console.out(), plan, surroundings, campaign);
            return campaign.failures().isEmpty();
        }
    }

    private static void print(PrintStream out, Plan plan, Surroundings surroundings, Campaign campaign)
            throws IOException {
        out.println(surroundings.markdown(Campaign.JVM_ARGUMENTS));
        out.println(explanation(plan.effort()));
        var table = new Table(plan, campaign.measurements());
        for (int threads : plan.threads()) {
            out.printf("### %d thread%s%n%n%s%n", threads, threads == 1 ? "" : "s", table.markdown(threads));
        }
        campaign.failures().forEach(failure -> out.println("Failed: " + failure));
    }

    private static String explanation(Effort effort) {
        return """
                Operations a second%s, all threads together: the median of
                %d iterations of %s, ± half the 99.9 %% confidence interval of their mean; then bytes allocated by an
                operation. Fresh JVMs for each number: %d, warmed up by %d × %s. `CPU` tells that the measuring threads
                had a processor for less than %.0f %% of the time: they waited for each other, for the collector or for
                other programs. %,d entries, keys by Zipf's law (skew %s), caches without a bound, keys and values
                stored by reference unless the row says otherwise. Ratios are those of the medians; the map does the
                plain operation.
                """.formatted(
                        effort.inProcessorTime() ? " of the measuring threads' processor time" : "",
                        effort.pace().iterations() * effort.forks(),
                        effort.pace().time(),
                        effort.forks(),
                        effort.pace().warmupIterations(),
                        effort.pace().warmupTime(),
                        100 * Table.CPU_SHARE_WORTH_TELLING,
                        Entries.COUNT,
                        Cursor.SKEW);
    }

    /** Leaves out the contenders whose class is missing, and says so. */
    private static Plan present(Plan plan) {
        for (Contender contender : plan.contenders()) {
            if (!contender.isOnClassPath()) {
                System.err.printf(
                        "%s is left out: class %s is not on the class path.%n",
                        contender.title(), contender.className());
            }
        }
        return new Plan(
                plan.rows(),
                plan.contenders().stream().filter(Contender::isOnClassPath).toList(),
                plan.threads(),
                plan.effort());
    }
}
