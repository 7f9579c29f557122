package io.coffer.benchmarks;

import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.util.ListStatistics;

/** The iterations of one trial, from all its forks. */
public final class Measurement {
    private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";
    private static final double CONFIDENCE = 0.999;

    private final boolean inProcessorTime;
    private final ListStatistics operationsPerSecond = new ListStatistics();
    private final ListStatistics bytesPerOperation = new ListStatistics();
    private final ListStatistics cpuShare = new ListStatistics();

    Measurement(boolean inProcessorTime) {
        this.inProcessorTime = inProcessorTime;
    }

    void add(IterationResult iteration) {
        double perSecond = iteration.getPrimaryResult().getScore();
        double share = secondary(iteration, CpuShare.LABEL);
        operationsPerSecond.addValue(inProcessorTime ? perSecond / share : perSecond);
        bytesPerOperation.addValue(secondary(iteration, BYTES_PER_OPERATION));
        cpuShare.addValue(share);
    }

    /** The median: one disturbed iteration on a shared machine does not move it. */
    public double operationsPerSecond() {
        return operationsPerSecond.getPercentile(50);
    }

    /** Half the confidence interval of the mean, as JMH reports it, in parts of the mean. */
    public double relativeError() {
        return operationsPerSecond.getMeanErrorAt(CONFIDENCE) / operationsPerSecond.getMean();
    }

    public double bytesPerOperation() {
        return bytesPerOperation.getPercentile(50);
    }

    /** How much of the time the measuring threads were on a processor. */
    public double cpuShare() {
        return cpuShare.getPercentile(50);
    }

    private static double secondary(IterationResult iteration, String label) {
        Result<?> result = iteration.getSecondaryResults().get(label);
        if (result == null) {
            throw new IllegalStateException("JMH did not report " + label);
        }
        return result.getScore();
    }
}
