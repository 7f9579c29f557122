package io.coffer.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How much of an iteration the measuring threads were on a processor. Below one they waited: for each other, for the
 * collector, or because somebody else uses the machine.
 */
public final class CpuShare implements InternalProfiler {
    static final String LABEL = "cpu.share";
    private static final String WORKER = "-jmh-worker-";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> cpuNanosBefore = new HashMap<>();
    private long nanosBefore;

    @Override
    public String getDescription() {
        return "Share of the time that measuring threads were on a processor";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        cpuNanosBefore.clear();
        cpuNanosBefore.putAll(cpuNanosOfWorkers());
        nanosBefore = System.nanoTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long nanos = System.nanoTime() - nanosBefore;
        long cpuNanos = 0;
        for (var worker : cpuNanosOfWorkers().entrySet()) {
            cpuNanos += worker.getValue() - cpuNanosBefore.getOrDefault(worker.getKey(), 0L);
        }
        double share = (double) cpuNanos / nanos / benchmark.getThreads();
        return List.of(new ScalarResult(LABEL, share, "", AggregationPolicy.AVG));
    }

    private Map<Long, Long> cpuNanosOfWorkers() {
        Map<Long, Long> cpuNanos = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                cpuNanos.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return cpuNanos;
    }
}
