package io.coffer.benchmarks;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a trial is measured.
 *
 * @param forks fresh JVMs for each trial
 * @param inProcessorTime whether a second is one that the measuring threads spend on a processor. Then other programs on
 *     the machine disturb less, but what threads wait for is not counted, nor what others do for them in the background.
 */
public record Effort(int forks, Pace pace, boolean inProcessorTime) {

    /** Iterations within a fork. */
    public record Pace(int warmupIterations, TimeValue warmupTime, int iterations, TimeValue time) {
        public static final Pace FULL = new Pace(5, TimeValue.seconds(2), 5, TimeValue.seconds(2));
        public static final Pace QUICK = new Pace(3, TimeValue.seconds(1), 5, TimeValue.milliseconds(600));
    }

    /** Without compiling, filling and checking. */
    public long measuringSeconds(Collection<Trial> trials) {
        long millis = pace.warmupIterations() * pace.warmupTime().convertTo(TimeUnit.MILLISECONDS)
                + pace.iterations() * pace.time().convertTo(TimeUnit.MILLISECONDS);
        return trials.size() * forks * millis / 1_000;
    }
}
