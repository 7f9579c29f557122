package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Campaign;
import io.coffer.benchmarks.Console;
import io.coffer.benchmarks.Effort;
import io.coffer.benchmarks.Markdown;
import io.coffer.benchmarks.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Runs the rows about stores and prints Markdown for docs/benchmarks.md; progress goes to standard error. */
public final class Stores {
    private final StorePlan plan;
    private final Surroundings surroundings = new Surroundings();
    private final Map<EngineKind, Prepared> prepared = new EnumMap<>(EngineKind.class);
    private final List<String> failures = new ArrayList<>();

    private Stores(StorePlan plan) {
        this.plan = plan;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.print(StoreCommandLine.usage());
            return;
        }
        try {
            System.exit(new Stores(StoreCommandLine.parse(words)).run(words) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(StoreCommandLine.usage());
            System.exit(2);
        }
    }

    /** Whether everything ended well. */
    private boolean run(List<String> words) throws IOException, InterruptedException {
        Files.createDirectories(plan.folder());
        Path base = Files.createTempDirectory(plan.folder(), "run-");
        try (var console = new Console()) {
            console.progress().printf("Stores in %s, JMH's own output in %s%n", base, console.logFile());
            prepareAll(base, console.progress());
            var campaign = new Campaign(plan.trials(prepared), plan.effort(), Child.jvmArguments(), console);
            campaign.run();
            failures.addAll(campaign.failures());
            console.out().println(surroundings.markdown(Campaign.JVM_ARGUMENTS));
            console.out().println(explanation(words));
            console.out().println(new StoreTable(plan, prepared, campaign.measurements()).markdown());
            failures.forEach(failure -> console.out().println("Failed: " + failure));
            if (!failures.isEmpty()) {
                Files.copy(base.resolve("children.log"), console.log());
            }
            return failures.isEmpty();
        } finally {
            Folders.delete(base);
        }
    }

    private void prepareAll(Path base, PrintStream progress) throws IOException, InterruptedException {
        BiConsumer<EngineKind, IllegalStateException> failed = (engine, failure) -> {
            failures.add(engine.title() + ": " + failure.getMessage());
            progress.println("  failed: " + failure.getMessage());
        };
        var preparation = new Preparation(base, plan, progress, failed);
        for (EngineKind engine : plan.engines()) {
            try {
                prepared.put(engine, preparation.prepare(engine));
            } catch (IllegalStateException e) {
                failed.accept(engine, e);
            }
        }
    }

    private String explanation(List<String> words) {
        Effort effort = plan.effort();
        double jvmSeconds = prepared.values().stream()
                .mapToDouble(Prepared::jvmSeconds)
                .average()
                .orElse(0);
        return """
                Command: `java -cp benchmarks/target/benchmarks.jar io.coffer.benchmarks.store.Stores %s`

                %,d entries, keys of %d and values of %d bytes, random bytes, each entry as likely as any other. Puts write over
                entries that are there. Operations a second%s: the median of %d iterations of %s, ± half the 99.9 %% confidence
                interval of their mean; then bytes allocated on the heap by an operation. Fresh JVMs for each number: %d,
                warmed up by %d × %s. Opening, memory and disk: of a store that was filled without syncs and whose process was
                killed while it went on writing; the median of three fresh JVMs. Such a JVM's start took %s s before that.
                The JVMs open packages of the JDK to the peers that ask for it. A ratio above 1 always says that the first of the
                two is ahead. "%s" is what an engine has no call for, "%s" where nothing was left to be opened.
                """.formatted(
                        String.join(" ", words),
                        plan.entries(),
                        Records.KEY_BYTES,
                        plan.valueBytes(),
                        effort.inProcessorTime() ? " of the measuring threads' processor time" : "",
                        effort.pace().iterations() * effort.forks(),
                        effort.pace().time(),
                        effort.forks(),
                        effort.pace().warmupIterations(),
                        effort.pace().warmupTime(),
                        Markdown.threeDigits(jvmSeconds),
                        StoreTable.NOT_OFFERED,
                        StoreTable.ALL_LOST);
    }
}
