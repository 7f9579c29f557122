package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.text;
import static io.coffer.spi.StoreUnderTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Promise 4: a change that throws has changed nothing that is shown. The rest is skipped for a storage that cannot be made to fail. */
interface Promise4Failures extends StoreUnderTest {
    @Test
    default void write_tooLarge_changesNothing() {
        long stamp = put("a", "1");

        expectTooLarge(() -> store().write(bytes("a"), EntryStore.ANY, tooLarge(), EntryStore.ETERNAL));

        assertThat(expect("a", "1").stamp()).isEqualTo(stamp);
        reopen();
        expect("a", "1");
    }

    @Test
    default void writeAll_oneTooLarge_changesNothing() {
        put("a", "1");

        expectTooLarge(() -> store().writeAll(List.of(
                write("a", EntryStore.ANY, "2"),
                write("b", EntryStore.ANY, "2"),
                new StoreWrite(bytes("c"), EntryStore.ANY, tooLarge(), EntryStore.ETERNAL))));

        expect("a", "1");
        expectAbsent("b");
        expectAbsent("c");
        put("b", "3");
        reopen();
        expect("a", "1");
        expect("b", "3");
        expectAbsent("c");
    }

    private byte[] tooLarge() {
        return new byte[options().maxRecordBytes() + 1];
    }

    static void expectTooLarge(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == StoreException.Kind.TOO_LARGE, "is TOO_LARGE");
    }

    @Test
    default void change_whileTheDiskFails_throwsAndChangesNothing() {
        var failing = failing();
        long deadline = store().clock().millis() + 1_000_000;
        long stamp = put("a", "1", deadline);
        store().sync();
        failing.begin();

        expectFailure(failing, () -> store().write(bytes("a"), EntryStore.ANY, bytes("2"), EntryStore.ETERNAL));
        expectFailure(failing, () -> store().write(bytes("b"), EntryStore.ABSENT, bytes("2"), EntryStore.ETERNAL));
        expectFailure(
                failing,
                () -> store().writeAll(List.of(write("a", EntryStore.ANY, "2"), write("b", EntryStore.ANY, "2"))));
        expectFailure(failing, () -> store().remove(bytes("a"), EntryStore.ANY));
        expectFailure(failing, () -> store().touch(bytes("a"), stamp, deadline - 300_000));
        expectFailure(failing, () -> store().clear());

        assertThat(expect("a", "1")).satisfies(entry -> {
            assertThat(entry.stamp()).isEqualTo(stamp);
            assertThat(entry.expiresAtMillis()).isEqualTo(deadline);
        });
        expectAbsent("b");
        assertThat(store().size()).isEqualTo(1);
        assertThat(store().counters().failedWrites()).isPositive();
        failing.end();
    }

    @Test
    default void write_afterTheDiskHasFailed_worksWhenOpenedAgain() {
        var failing = failing();
        put("a", "1");
        store().sync();
        failing.begin();
        expectFailure(failing, () -> store().write(bytes("a"), EntryStore.ANY, bytes("2"), EntryStore.ETERNAL));
        failing.end();

        reopen();

        var found = text(entry("a").value());
        if (failing.kind() == StoreException.Kind.FAILED) {
            assertThat(found).isIn("1", "2");
        } else {
            assertThat(found).isEqualTo("1");
        }
        put("a", "3");
        expect("a", "3");
        reopen();
        expect("a", "3");
    }

    /** It never fails, holds at once, and still holds after the disk has come to itself and the store was opened again. */
    @Test
    default void invalidate_whileTheDiskFails_isAbsentForEver() {
        var failing = failing();
        put("a", "1");
        put("b", "1");
        store().sync();
        failing.begin();
        expectFailure(failing, () -> store().write(bytes("a"), EntryStore.ANY, bytes("2"), EntryStore.ETERNAL));

        store().invalidate(bytes("a"));
        store().invalidate(bytes("never written"));

        expectAbsent("a");
        expect("b", "1");
        failing.end();
        reopen();
        expectAbsent("a");
        expect("b", "1");
    }

    private FailingWrites failing() {
        var failing = failingWrites();
        assumeTrue(failing != null, "the storage cannot be made to fail");
        return failing;
    }

    static void expectFailure(FailingWrites failing, ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == failing.kind(), "is " + failing.kind());
    }
}
