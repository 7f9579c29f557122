package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.testing.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full: on one of a few megabytes, where such a one may be mounted, and anywhere under a limit for the size of
 * files. What cannot be written is refused, what was there is read, what is made absent stays so, and room heals it all.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final int DISK_BYTES = 12_000_000;
    private static final int FILE_BLOCKS_MAX = 700; // of 512 bytes
    private static final int WRITES_MAX = 30_000;
    private static final int KEYS = 400;
    private static final int VALUE_BYTES = 1_000;

    @TempDir
    Path folder;

    /** Which version of a value each key has; 0 for none. */
    private final Map<Integer, Integer> versions = new HashMap<>();

    @Test
    void write_diskFull_isRefusedAndHealsWithRoom() throws IOException {
        try (var disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), DISK_BYTES, errors())) {
            assumeTrue(
                    disk != null,
                    "No disk can be mounted here; what a limit for the size of files can show is tested in any case");
            try (var store = open(disk)) {
                for (int key = 0; key < KEYS; key++) {
                    assertThat(isWritten(store, key, 1)).isTrue();
                }
                assertThat(fill(store)).isGreaterThan(KEYS);
                assertThat(rewriteSome(store)).as("writes that were refused").isPositive();
                makeSomeAbsent(store);
                assertAllAsExpected(store);
                store.kill();
            }
            try (var store = open(disk)) {
                assertAllAsExpected(store);
                disk.makeRoom();
                Threads.await("a write on a disk with room", () -> isWritten(store, 0, 3));
                for (int key = 0; key < KEYS; key++) {
                    assertThat(isWritten(store, key, 4)).isTrue();
                }
                store.kill();
            }
            try (var store = open(disk)) {
                assertAllAsExpected(store);
                store.closeStore();
            }
        }
    }

    /** More keys than any reserve holds are made absent; what of them is not on disk yet must be when there is room. */
    @Test
    void invalidate_diskFullForThousands_isOnDiskWhenThereIsRoom() throws IOException {
        try (var disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), DISK_BYTES, errors())) {
            assumeTrue(disk != null, "No disk can be mounted here");
            try (var store = open(disk)) {
                int count = fill(store);
                for (int key = KEYS; key < KEYS + count; key++) {
                    invalidate(store, key);
                }
                assertAllAsExpected(store);
                disk.makeRoom();
                Threads.await("a write on a disk with room", () -> isWritten(store, 0, 3));
                assertAllAsExpected(store);
                store.kill();
            }
            try (var store = open(disk)) {
                assertAllAsExpected(store);
                store.closeStore();
            }
        }
    }

    /** The limit holds for each file: the next one has room again. */
    @Test
    void write_filesAsLargeAsAllowed_isRefusedOrWrittenButNeverHalf() throws IOException {
        var limit = List.of("sh", "-c", "ulimit -f " + FILE_BLOCKS_MAX + " && exec \"$@\"", "sh");
        var place = folder.resolve("store");
        int refused = 0;
        try (var store = RemoteStore.open(limit, errors(), Stores.LOG, place, "a test")) {
            for (int version = 1; version <= 2; version++) {
                for (int key = 0; key < KEYS; key++) {
                    if (!isWritten(store, key, version)) {
                        refused++;
                        invalidate(store, key);
                    }
                }
            }
            assertAllAsExpected(store);
            Threads.await("a write to the next file", () -> isWritten(store, 0, 3));
            assertAllAsExpected(store);
            store.kill();
        }
        assertThat(refused).as("writes that were refused").isPositive();
        try (var store = RemoteStore.open(limit, errors(), Stores.LOG, place, "a test")) {
            assertAllAsExpected(store);
            store.kill();
        }
        try (var store = RemoteStore.open(List.of(), errors(), Stores.LOG, place, "a test")) {
            assertAllAsExpected(store);
            assertThat(isWritten(store, 1, 3)).isTrue();
            store.closeStore();
        }
    }

    private RemoteStore open(SmallDisk disk) throws IOException {
        return RemoteStore.open(
                disk.inside(), errors(), Stores.LOG, disk.folder().resolve("store"), "a test");
    }

    private Path errors() {
        return folder.resolve("errors");
    }

    /** Writes new keys until one is refused; returns how many were not. */
    private int fill(RemoteStore store) {
        for (int i = 0; i < WRITES_MAX; i++) {
            if (!isWritten(store, KEYS + i, 1)) {
                return i;
            }
        }
        throw new AssertionError("There is room for everything");
    }

    /** Keys whose new value is refused keep the old one. Returns how many did. */
    private int rewriteSome(RemoteStore store) {
        int refused = 0;
        for (int key = 0; key < KEYS / 2; key++) {
            refused += isWritten(store, key, 2) ? 0 : 1;
        }
        return refused;
    }

    /** As it is done to keys whose new value was refused; and a removal holds, or is refused and changes nothing. */
    private void makeSomeAbsent(RemoteStore store) throws IOException {
        for (int key = 0; key < KEYS / 4; key++) {
            invalidate(store, key);
        }
        for (int key = KEYS - 30; key < KEYS; key++) {
            try {
                assertThat(store.remove(key(key))).isTrue();
                versions.put(key, 0);
            } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL);
            }
        }
    }

    private void invalidate(RemoteStore store, int key) throws IOException {
        store.invalidate(key(key));
        versions.put(key, 0);
    }

    /** Writes a version of a key, if there is room. */
    private boolean isWritten(RemoteStore store, int key, int version) {
        try {
            assertThat(store.write(key(key), value(key, version), EntryStore.ETERNAL))
                    .isTrue();
            versions.put(key, version);
            return true;
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(errorText(), e);
        }
    }

    private String errorText() {
        try {
            return Files.readString(errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertAllAsExpected(RemoteStore store) throws IOException {
        var found = new HashMap<Integer, Integer>();
        for (int key : versions.keySet()) {
            found.put(key, version(store, key));
        }
        assertThat(found).isEqualTo(versions);
        assertThat(store.size())
                .isEqualTo(versions.values().stream()
                        .filter(version -> version > 0)
                        .count());
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] value(int key, int version) {
        return ByteBuffer.allocate(VALUE_BYTES).putInt(key).putInt(version).array();
    }

    private static int version(RemoteStore store, int key) throws IOException {
        var value = store.read(key(key));
        if (value == null) {
            return 0;
        }
        int version = ByteBuffer.wrap(value).getInt(Integer.BYTES);
        assertThat(value).isEqualTo(value(key, version));
        return version;
    }
}
