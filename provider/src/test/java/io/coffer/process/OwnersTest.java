package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.store.OpenHandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who opens a store that somebody else has open is told by whom and since when, and disturbs nobody. */
class OwnersTest {
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2, 3};
    private static final int ATTEMPTS = 5;

    @TempDir
    Path folder;

    @Test
    void open_openInThisJvm_isRefusedWithWhoAndSinceWhen() throws IOException {
        var before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (var first = open("manager one")) {
            for (int i = 0; i < ATTEMPTS; i++) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> open("manager two"))
                        .satisfies(e -> {
                            assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED);
                            assertThat(e).hasMessageContaining("\"c\"").hasMessageContaining("manager one");
                            assertThat(since(e)).isBetween(before, Instant.now());
                        });
            }
            assertUnharmed(first);
        }
        open("manager two").close();
    }

    /** A web application with its own copy of Coffer. */
    @Test
    void open_openInAnotherClassLoader_isRefusedWithWho() throws IOException {
        try (var loader = Redeployed.loader();
                var first = open("manager one")) {
            assertThat(Redeployed.deploy(loader, store())).startsWith("LOCKED").contains("manager one");
            assertUnharmed(first);
        }
        try (var loader = Redeployed.loader()) {
            assertThat(Redeployed.deploy(loader, store())).isEqualTo("opened");
        }
        open("manager two").close();
    }

    @Test
    void open_openInAnotherProcess_isRefusedWithWhoAndSinceWhen() throws IOException {
        var before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (var other = openInAnotherProcess("a child")) {
            other.write(KEY, VALUE, EntryStore.ETERNAL);
            for (int i = 0; i < ATTEMPTS; i++) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> open("manager two"))
                        .satisfies(e -> {
                            assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED);
                            assertThat(e)
                                    .hasMessageContaining("pid " + other.pid())
                                    .hasMessageContaining("a child");
                            assertThat(since(e)).isBetween(before, Instant.now());
                        });
            }
            assertThat(other.read(KEY)).isEqualTo(VALUE);
            other.closeStore();
            open("manager two").close();
        }
    }

    /** A failed attempt must not end the lock of the first, as the closing of any handle does by the rules of POSIX. */
    @Test
    void open_refusedInThisJvm_isStillRefusedToAnotherProcess() throws IOException {
        try (var first = open("manager one")) {
            for (int i = 0; i < ATTEMPTS; i++) {
                assertThatExceptionOfType(StoreException.class).isThrownBy(() -> open("manager two"));
            }
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> openInAnotherProcess("a child"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED))
                    .withMessageContaining("pid " + ProcessHandle.current().pid())
                    .withMessageContaining("manager one");
            assertUnharmed(first);
        }
    }

    @Test
    void open_ownerKilled_succeedsAtOnce() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (var other = openInAnotherProcess("a child")) {
                other.write(KEY, VALUE, EntryStore.ETERNAL);
                other.kill();
            }
            try (var store = open("the next")) {
                assertThat(store.read(KEY)).isNotNull();
            }
        }
    }

    /** What cannot be opened is let go of, for those who come after it is mended. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void open_damaged_leavesNothingOpen() throws IOException {
        open("manager one").close();
        for (var file : files()) {
            Files.write(file, new byte[Math.toIntExact(Math.min(Files.size(file), 100))]);
        }

        for (int i = 0; i < ATTEMPTS; i++) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> open("manager one"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DAMAGED));
        }

        assertThat(OpenHandles.below(folder)).isEmpty();
        for (var file : files()) {
            Files.delete(file);
        }
        assertThatNoException().isThrownBy(() -> openInAnotherProcess("a child").close());
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(store())) {
            return all.filter(file -> Files.isRegularFile(file) && !file.endsWith("LOCK"))
                    .toList();
        }
    }

    private static void assertUnharmed(EntryStore store) {
        assertThat(store.write(KEY, EntryStore.ANY, VALUE, EntryStore.ETERNAL)).isPositive();
        assertThat(store.read(KEY)).isNotNull();
        store.sync();
    }

    private static Instant since(StoreException e) {
        var text = e.getMessage().replaceFirst("(?s).*since ([0-9TZ:.-]*[0-9Z]).*", "$1");
        return Instant.parse(text);
    }

    private EntryStore open(String holder) {
        return Stores.open(Stores.LOG, Stores.options(store(), Durability.INTERVAL, holder));
    }

    private RemoteStore openInAnotherProcess(String holder) throws IOException {
        return RemoteStore.open(List.of(), folder.resolve("errors"), Stores.LOG, store(), holder);
    }

    private Path store() {
        return folder.resolve("store");
    }
}
