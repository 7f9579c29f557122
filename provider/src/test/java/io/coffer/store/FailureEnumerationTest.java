package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.store.FailureAccount.Rule;
import io.coffer.store.Faults.Failure;
import io.coffer.store.ToyLog.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure of each call in turn passes the store that is right, and catches those that go on regardless. */
class FailureEnumerationTest {
    private static final long SEED = 4;

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "NO_SPACE", "SHORT_WRITE", "SYNC_LOSES", "INTERRUPT"})
    void run_storeWithoutFlaw_keepsWhatItAcknowledged(Failure failure) {
        assertThat(run(Flaw.NONE, Rule.OLD_OR_NEW, failure)).isGreaterThan(60);
        Thread.interrupted();
    }

    @ParameterizedTest
    @CsvSource({
        "SYNCS_AGAIN_AFTER_A_FAILURE, SYNC_LOSES, power failed",
        "GOES_ON_BEHIND_A_FAILED_WRITE, IO_ERROR, killed",
        "GOES_ON_BEHIND_A_FAILED_WRITE, SHORT_WRITE, killed",
        "NO_SYNC_BEFORE_ACKNOWLEDGING, IO_ERROR, power failed",
        "KEEPS_RECORDS_IN_THE_PROCESS, IO_ERROR, killed"
    })
    void run_storeWithFlaw_isCaught(Flaw flaw, Failure failure, String when) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(flaw, Rule.OLD_OR_NEW, failure))
                .withMessageContaining(failure.name())
                .withMessageContaining(when)
                .withMessageContaining("expected one of");
    }

    /** The toy keeps the old value when a put fails; a cache must not. */
    @Test
    void run_storeThatKeepsOldValues_isCaughtByTheStricterRule() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(Flaw.NONE, Rule.ABSENT_OR_NEW, Failure.IO_ERROR))
                .withMessageContaining("failed]");
    }

    private static int run(Flaw flaw, Rule rule, Failure failure) {
        return new FailureEnumeration<>(new ToyScript(flaw), rule, CrashMode.ADVERSARIAL, SEED)
                .run(ToyScript.STEPS, failure);
    }
}
