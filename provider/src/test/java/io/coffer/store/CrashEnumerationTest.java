package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.store.CrashEnumeration.Effort;
import io.coffer.store.ToyLog.Flaw;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A crash enumeration passes the store that is right, and catches each one that forgets something. */
class CrashEnumerationTest {
    private static final long SEED = 4;

    @ParameterizedTest
    @EnumSource(CrashMode.class)
    void run_storeWithoutFlaw_recoversFromEveryDisk(CrashMode mode) throws IOException {
        var tried = run(Flaw.NONE, mode);

        assertThat(tried.crashes()).isGreaterThan(50);
        assertThat(tried.images()).isGreaterThan(300);
        assertThat(tried.recoveries()).isGreaterThan(2 * tried.images());
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SYNC_BEFORE_ACKNOWLEDGING, ORDERED, is lost",
        "NO_SYNC_BEFORE_ACKNOWLEDGING, ADVERSARIAL, is lost",
        "NO_DIRECTORY_SYNC_AFTER_CREATE, ORDERED, is lost",
        "NO_DIRECTORY_SYNC_AFTER_CREATE, ADVERSARIAL, is lost",
        "RENAMES_WITHOUT_SYNC, ORDERED, is lost",
        "RENAMES_WITHOUT_SYNC, ADVERSARIAL, cannot be opened",
        "NO_CHECKSUM, ADVERSARIAL, was never put",
        "KEEPS_RECORDS_AFTER_A_TORN_ONE, ADVERSARIAL, no prefix",
        "RECOVERS_BY_REWRITING, ORDERED, after a crash of its recovery",
        "RECOVERS_BY_REWRITING, ADVERSARIAL, after a crash of its recovery",
        "KEEPS_RECORDS_IN_THE_PROCESS, ADVERSARIAL, is lost"
    })
    void run_storeWithFlaw_isCaught(Flaw flaw, CrashMode mode, String why) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(flaw, Effort.of(mode, SEED).withoutProbes()))
                .withMessageContaining(why)
                .withMessageContaining("seed=" + SEED);
    }

    /** A store that recovers, but cannot be trusted with anything new. */
    @Test
    void run_storeOfNoUseAfterRecovery_isCaughtByTheFirstProbe() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(Flaw.NO_SYNC_BEFORE_ACKNOWLEDGING, CrashMode.ORDERED))
                .withMessageContaining("Crash 1 (open)")
                .withMessageContaining("with one entry put after its recovery")
                .withMessageContaining("after [CREATE log-0]");
    }

    /** What an ordered file system forgives: there bytes are the right ones or none, and nothing comes after a torn record. */
    @ParameterizedTest
    @CsvSource({"NO_CHECKSUM", "KEEPS_RECORDS_AFTER_A_TORN_ONE"})
    void run_flawThatOrderHides_isNotSeenInOrder(Flaw flaw) throws IOException {
        assertThat(run(flaw, CrashMode.ORDERED).images()).isPositive();
    }

    /** A step under way may leave any of its effects; an acknowledged one leaves all, if the machine goes on. */
    @Test
    void run_stepOfTwoEffects_mayBeLeftHalf() throws IOException {
        CrashStep<ToyLog> both = new CrashStep<>(
                "put both",
                store -> {
                    store.put("a", "1");
                    store.put("b", "2");
                },
                List.of(entries -> entries.put("a", "1"), entries -> entries.put("b", "2")),
                false);
        CrashStep<ToyLog> atOnce = new CrashStep<>(
                "put both", both.action(), List.of(entries -> entries.putAll(Map.of("a", "1", "b", "2"))), false);

        assertThat(tried(both).images()).isPositive();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> tried(atOnce))
                .withMessageContaining("no prefix of the operations; recovered {a=1}");
    }

    private static CrashEnumeration.Tried tried(CrashStep<ToyLog> step) throws IOException {
        var effort = Effort.of(CrashMode.ORDERED, SEED);
        return new CrashEnumeration<>(new ToyScript(Flaw.NONE), CrashInvariant.ALL, effort).run(List.of(step));
    }

    @Test
    void run_storeThatIsThere_expectsItsEntries() throws IOException {
        var files = new SimulatedFiles();
        var store = ToyLog.open(files, Flaw.NONE);
        store.put("old", "1");
        var disk = files.crash().killed();
        var effort = Effort.of(CrashMode.ADVERSARIAL, SEED);

        var tried = new CrashEnumeration<>(new ToyScript(Flaw.NONE), CrashInvariant.ALL, effort)
                .run(disk, Map.of("old", "1"), ToyScript.STEPS);

        assertThat(tried.images()).isGreaterThan(300);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new CrashEnumeration<>(new ToyScript(Flaw.NONE), CrashInvariant.ALL, effort)
                        .run(disk, Map.of("old", "2"), ToyScript.STEPS))
                .withMessageContaining("old");
    }

    @Test
    void run_sameSeed_triesTheSame() throws IOException {
        assertThat(run(Flaw.NONE, CrashMode.ADVERSARIAL)).isEqualTo(run(Flaw.NONE, CrashMode.ADVERSARIAL));
    }

    private static CrashEnumeration.Tried run(Flaw flaw, CrashMode mode) throws IOException {
        return run(flaw, Effort.of(mode, SEED));
    }

    private static CrashEnumeration.Tried run(Flaw flaw, Effort effort) throws IOException {
        return new CrashEnumeration<>(new ToyScript(flaw), CrashInvariant.ALL, effort).run(ToyScript.STEPS);
    }
}
