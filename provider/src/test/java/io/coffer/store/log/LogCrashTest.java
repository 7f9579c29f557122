package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.store.CrashEnumeration;
import io.coffer.store.CrashEnumeration.Effort;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After a crash at any moment of any trace the log store opens, by hints and strictly, and has all that was synced, nothing that was not
 * put, and the effects of some first changes. {@code -Dcoffer.crashes=20} tries about twenty times as many disks.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LogCrashTest {
    private static final int MORE = Integer.getInteger("coffer.crashes", 1);
    private static final long SEED = Long.getLong("coffer.seed", 4);

    /** So many disks docs/verification.md tells of. */
    private static final int IMAGES_MIN = MORE >= 20 ? 200_000 : 10_000;

    private int runs;
    private int crashes;
    private int images;
    private int recoveries;

    @ParameterizedTest
    @EnumSource
    void crash_always_leavesWhatWasAcknowledged(LogTrace trace) throws IOException {
        crash(trace, Durability.ALWAYS);
    }

    @ParameterizedTest
    @EnumSource
    void crash_interval_leavesWhatWasSynced(LogTrace trace) throws IOException {
        crash(trace, Durability.INTERVAL);
    }

    @ParameterizedTest
    @EnumSource
    void crash_none_leavesSomeFirstChanges(LogTrace trace) throws IOException {
        crash(trace, Durability.NONE);
    }

    private void crash(LogTrace trace, Durability durability) throws IOException {
        for (var mode : CrashMode.values()) {
            if (isLeftOut(trace.ordinal() + durability.ordinal() + mode.ordinal())) {
                continue;
            }
            var subject = subject(durability, trace);
            count(enumeration(subject, mode).run(trace.steps(subject)));
        }
    }

    /** A usual build tries all of it in the clear; encrypted, some of it has to do. */
    private static boolean isLeftOut(int number) {
        return Encrypted.ENCRYPTION != null && MORE == 1 && number % 12 != 0;
    }

    private void count(CrashEnumeration.Tried tried) {
        assertThat(tried.images()).isGreaterThan(20);
        runs++;
        crashes += tried.crashes();
        images += tried.images();
        recoveries += tried.recoveries();
    }

    /** Only if all tests have run: whoever runs one of them alone is not held to the numbers. */
    @AfterAll
    void tell() {
        System.out.println(runs + " runs of " + LogTrace.values().length + " traces: " + crashes + " crashes, " + images
                + " disks, opened " + recoveries + " times");
        if (runs >= LogTrace.values().length * Durability.values().length * CrashMode.values().length) {
            assertThat(LogTrace.values()).hasSizeGreaterThanOrEqualTo(40);
            assertThat(images).isGreaterThanOrEqualTo(IMAGES_MIN);
        }
    }

    private static LogSubject subject(Durability durability, LogTrace trace) {
        return LogSubject.whole(durability, trace.segmentBytes(), SEED);
    }

    private static CrashEnumeration<LogSession> enumeration(LogSubject subject, CrashMode mode) {
        var effort = MORE > 1
                ? new Effort(mode, 9, 2 * MORE, 4 * MORE, 1, true, SEED)
                : new Effort(mode, 2, 1, 2, 0.05, true, SEED);
        return new CrashEnumeration<>(subject, subject.invariants(), effort);
    }

    /** A store that has recovered from one power failure meets the next. */
    @ParameterizedTest
    @EnumSource
    void crash_afterACrash_leavesWhatWasSynced(CrashMode mode) throws IOException {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 4 * MORE; i++) {
            var subject = subject(Durability.NONE, LogTrace.MIXTURE);
            var files = new SimulatedFiles(DiskImage.EMPTY, SEED);
            var session = subject.open(files);
            var steps = LogTrace.MIXTURE.steps(subject);
            for (var step : steps.subList(0, 3 + random.nextInt(steps.size() - 3))) {
                step.action().run(session);
            }
            var disk = files.crash().random(mode, random);
            var entries = subject.contents(subject.open(new SimulatedFiles(disk, SEED)));

            count(enumeration(subject, mode).run(disk, entries, LogTrace.CLOSE_OVER_SEGMENTS.steps(subject)));
        }
    }
}
