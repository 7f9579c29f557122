package io.coffer.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs trials, each in JVMs of its own, one after the other. */
public final class Campaign {
    /**
     * The same heap and collector for everybody, whatever the machine would choose. Without the last one, whoever
     * allocates pays for the first touch of every page, and seconds of each fork measure the operating system.
     */
    public static final List<String> JVM_ARGUMENTS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    private final List<Trial> trials;
    private final Effort effort;
    private final List<String> jvmArguments;
    private final PrintStream progress;
    private final PrintStream log;
    private final Map<Trial, Measurement> measurements = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Tells the console's progress which trial runs, and its log what JMH has to say. */
    public Campaign(Collection<Trial> trials, Effort effort, List<String> jvmArguments, Console console) {
        this.trials = List.copyOf(trials);
        this.effort = effort;
        this.jvmArguments = List.copyOf(jvmArguments);
        this.progress = console.progress();
        this.log = console.log();
    }

    /*
     * JMH would run all forks of a trial in a row; a minute of disturbance would then hit one contender alone. Here every
     * round visits all trials once, and every second round goes backwards, so that a slow drift is shared as well.
     */
    public void run() {
        List<Trial> ordered = new ArrayList<>(trials);
        for (int round = 0; round < effort.forks(); round++) {
            int done = 0;
            for (Trial trial : ordered) {
                progress.printf("[%d/%d, round %d] %s%n", ++done, trials.size(), round + 1, trial);
                measure(trial);
            }
            Collections.reverse(ordered);
        }
    }

    public Map<Trial, Measurement> measurements() {
        return Collections.unmodifiableMap(measurements);
    }

    /** Trials that did not end well; they have no part in the table. */
    public List<String> failures() {
        return Collections.unmodifiableList(failures);
    }

    private void measure(Trial trial) {
        try {
            var runner = new Runner(options(trial), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL));
            for (RunResult result : runner.run()) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    var measurement =
                            measurements.computeIfAbsent(trial, absent -> new Measurement(effort.inProcessorTime()));
                    fork.getIterationResults().forEach(measurement::add);
                }
            }
        } catch (RunnerException e) {
            String reason = reason(e);
            failures.add(trial + ": " + reason);
            progress.println("  failed: " + reason);
        }
    }

    /** JMH hands the exception of a fork back as a suppressed one; its stack trace is in the log already. */
    private static String reason(Throwable thrown) {
        Throwable reason = thrown;
        while (reason.getCause() != null || reason.getSuppressed().length > 0) {
            reason = reason.getCause() != null ? reason.getCause() : reason.getSuppressed()[0];
        }
        return reason.toString();
    }

    private Options options(Trial trial) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(trial.include())
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.SECONDS)
                .threads(trial.threads())
                .forks(1)
                .warmupIterations(effort.pace().warmupIterations())
                .warmupTime(effort.pace().warmupTime())
                .measurementIterations(effort.pace().iterations())
                .measurementTime(effort.pace().time())
                .jvmArgs(jvmArguments.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuShare.class)
                .shouldFailOnError(true);
        trial.parameters().forEach(options::param);
        return options.build();
    }
}
