package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coffer.testing.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** What {@link Storage} promises, and the end of a store: one owner, one description, nothing after closing. */
interface PromiseOfStorage extends StoreUnderTest {
    @Test
    default void open_inUse_isRefusedAndNamesTheHolder() {
        put("a", "1");

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> storage().open(options()))
                    .matches(e -> e.kind() == StoreException.Kind.LOCKED, "is LOCKED")
                    .withMessageContaining(options().holder());
        }

        expect("a", "1");
        reopen();
        expect("a", "1");
    }

    @Test
    default void open_otherDescription_isRefusedAndNamesBoth() {
        put("a", "1");
        store().close();

        expectKind(StoreException.Kind.MISMATCH, () -> storage().open(describedAs("other things")))
                .withMessageContaining("bytes")
                .withMessageContaining("other things");

        reopen();
        expect("a", "1");
    }

    /** Or the first mistake in a configuration could only be mended by deleting files. */
    @Test
    default void open_otherDescriptionAndNeverWritten_takesIt() {
        store().close();

        try (var other = storage().open(describedAs("other things"))) {
            StoreUnderTest.notLost(() -> other.write(bytes("a"), EntryStore.ANY, bytes("1"), EntryStore.ETERNAL));
        }

        expectKind(StoreException.Kind.MISMATCH, () -> storage().open(options()));
        try (var other = storage().open(describedAs("other things"))) {
            assertThat(other.find(bytes("a"))).isNotNull();
        }
    }

    private StoreOptions describedAs(String description) {
        return changed(options().folder(), description);
    }

    private StoreOptions changed(Path folder, String description) {
        var same = options();
        return new StoreOptions(
                same.cacheName(),
                folder,
                same.holder(),
                description,
                same.durability(),
                same.syncInterval(),
                same.recovery(),
                same.maxRecordBytes(),
                same.maxDiskBytes(),
                same.rejectsWhenFull(),
                same.minFreeDiskBytes(),
                same.encryption(),
                same.wallClock());
    }

    @Test
    default void open_anotherFolder_isAnotherStore() throws Exception {
        put("a", "1");
        var folder = options().folder().resolve("another");
        Files.createDirectory(folder);

        try (var other = storage().open(changed(folder, "bytes"))) {
            assertThat(other.find(bytes("a"))).isNull();
            other.write(bytes("a"), EntryStore.ANY, bytes("2"), EntryStore.ETERNAL);
            expect("a", "1");
            other.clear();
        }

        expect("a", "1");
    }

    @Test
    default void delete_inUse_isRefused() {
        put("a", "1");

        expectKind(StoreException.Kind.LOCKED, () -> storage().delete(options()))
                .withMessageContaining(options().holder());

        expect("a", "1");
        reopen();
        expect("a", "1");
    }

    @Test
    default void delete_closed_leavesNothing() {
        put("a", "1");
        store().close();

        assertThat(storage().delete(options())).isTrue();
        assertThat(storage().delete(options())).isFalse();

        reopen();
        expectAbsent("a");
        put("a", "2");
        expect("a", "2");
    }

    @Test
    default void delete_closed_forgetsTheDescription() {
        store().close();
        storage().delete(options());

        try (var other = storage().open(describedAs("other things"))) {
            assertThat(other.size()).isZero();
        }

        storage().delete(options());
    }

    @Test
    default void call_closed_isRefused() {
        put("a", "1");
        var closed = store();
        closed.close();
        closed.close();

        List<ThrowingCallable> calls = List.of(
                () -> closed.find(bytes("a")),
                () -> closed.read(bytes("a")),
                () -> closed.write(bytes("a"), EntryStore.ANY, bytes("2"), EntryStore.ETERNAL),
                () -> closed.writeAll(List.of(StoreUnderTest.write("a", EntryStore.ANY, "2"))),
                () -> closed.remove(bytes("a"), EntryStore.ANY),
                () -> closed.touch(bytes("a"), 1, EntryStore.ETERNAL),
                () -> closed.invalidate(bytes("a")),
                closed::clear,
                closed::scan,
                closed::size,
                closed::counters,
                closed::sync);
        for (int i = 0; i < calls.size(); i++) {
            assertThatIllegalStateException().as("call " + i).isThrownBy(calls.get(i));
        }

        reopen();
        expect("a", "1");
    }

    @Test
    default void close_whileOthersCall_endsTheirCallsWithAnswersOrRefusals() {
        for (int i = 0; i < 50; i++) {
            put("k" + i, "v");
        }
        var closing = store();
        Threads.race(
                3,
                i -> i == 0
                        ? closing::close
                        : () -> {
                            try {
                                for (int n = 0; n < 10_000; n++) {
                                    var key = bytes("k" + n % 50);
                                    var found = closing.read(key);
                                    assertThat(found != null && found.value()[0] == 'v')
                                            .isTrue();
                                    if (i == 1) {
                                        closing.write(key, EntryStore.ANY, bytes("v" + n), EntryStore.ETERNAL);
                                    }
                                }
                            } catch (IllegalStateException refused) {
                                assertThat(refused).hasMessageContaining("closed");
                            }
                        });

        assertThat(StoreUnderTest.scanned(reopen())).hasSize(50);
    }

    private static ThrowableAssertAlternative<StoreException> expectKind(
            StoreException.Kind kind, ThrowingCallable call) {
        return assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == kind, "is " + kind);
    }
}
