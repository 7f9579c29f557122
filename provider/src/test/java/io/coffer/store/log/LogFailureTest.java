package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.store.Faults.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls of the disk fail in turn, in each trace: what {@link LogFailures} expects holds. {@code -Dcoffer.failures=1} tries every call, and
 * not only each eleventh.
 */
class LogFailureTest {
    private static final int EVERY = Integer.getInteger("coffer.failures", 11);
    private static final long SEED = Long.getLong("coffer.seed", 4);

    @ParameterizedTest
    @EnumSource
    void fail_ioError_losesNothingAcknowledged(LogTrace trace) {
        fail(trace, Failure.IO_ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void fail_noSpace_losesNothingAcknowledged(LogTrace trace) {
        fail(trace, Failure.NO_SPACE);
    }

    @ParameterizedTest
    @EnumSource
    void fail_shortWrite_losesNothingAcknowledged(LogTrace trace) {
        fail(trace, Failure.SHORT_WRITE);
    }

    /** Not with processes that die: they take with them that a sync has failed, and the next one can sync only what is still there. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "KILL.*")
    void fail_syncThatForgets_losesNothingSynced(LogTrace trace) {
        fail(trace, Failure.SYNC_LOSES);
    }

    @ParameterizedTest
    @EnumSource
    void fail_interrupt_isNoFailure(LogTrace trace) {
        fail(trace, Failure.INTERRUPT);
    }

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    private static void fail(LogTrace trace, Failure failure) {
        int runs = 0;
        for (var durability : Durability.values()) {
            var failures = new LogFailures(
                    trace,
                    () -> new LogSubject(durability, Recovery.POINT_IN_TIME, trace.segmentBytes(), SEED),
                    EVERY,
                    SEED);
            failures.run(failure, false);
            failures.run(failure, true);
            runs += failures.runs();
        }
        assertThat(runs).isPositive();
    }
}
