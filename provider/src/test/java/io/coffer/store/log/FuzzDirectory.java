package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.spi.StoredEntry;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Opens a made-up directory in each way. It is refused and left as it is; or it opens, all ways to read it agree, it can be written, and
 * opened again afterwards it has no others.
 *
 * <p>As bytes, a directory is a list of files: a byte that chooses a name, the length in two bytes, the content.
 */
final class FuzzDirectory {
    static final List<String> NAMES = List.of(
            "STORE",
            "MANIFEST",
            "000000000001.seg",
            "000000000002.seg",
            "000000000003.seg",
            "000000000004.seg",
            "000000000005.seg",
            "000000000006.seg",
            "MANIFEST.tmp",
            "000000000001.seg.40.aside",
            "000000000001.hint",
            "something");

    private static final Set<Kind> PLAIN_KINDS = Set.of(Kind.DAMAGED, Kind.MISMATCH);
    private static final Set<Kind> SEALED_KINDS = Set.of(Kind.DAMAGED, Kind.MISMATCH, Kind.TAMPERED);
    private static final int HEADER_BYTES = 3;
    private static final int LENGTH_MAX = 0xFFFF;
    private static final long SEED = 4;

    private FuzzDirectory() {}

    /** Returns the bytes for a directory. Files of other names, or too long, are left out. */
    static byte[] pack(DiskImage image) {
        var packed = new ByteArrayOutputStream();
        image.files().forEach((name, bytes) -> {
            int number = NAMES.indexOf(name);
            if (number >= 0 && bytes.length <= LENGTH_MAX) {
                packed.write(number);
                packed.write(bytes.length);
                packed.write(bytes.length >> 8);
                packed.writeBytes(bytes);
            }
        });
        return packed.toByteArray();
    }

    static void reseal(byte[] packed) {
        forEach(packed, (name, file) -> FuzzFiles.reseal(file));
    }

    /** Likewise, of an encrypted store. */
    static void resealSealed(byte[] packed) {
        forEach(packed, (name, file) -> FuzzSealed.reseal(file));
    }

    private static void forEach(byte[] packed, BiConsumer<String, ByteBuffer> action) {
        var left = ByteBuffer.wrap(packed);
        while (left.remaining() >= HEADER_BYTES) {
            var name = NAMES.get((left.get() & 0xFF) % NAMES.size());
            int length = left.get() & 0xFF | (left.get() & 0xFF) << 8;
            length = Math.min(length, left.remaining());
            action.accept(name, left.slice(left.position(), length));
            left.position(left.position() + length);
        }
    }

    /** Returns whether the directory could be opened at least with salvage. */
    static boolean check(byte[] packed) throws IOException {
        return check(packed, DiskImage.EMPTY, FuzzDirectory::open, PLAIN_KINDS);
    }

    /** Likewise, with the keys of the golden encrypted store. */
    static boolean checkSealed(byte[] packed) throws IOException {
        return check(
                packed,
                DiskImage.EMPTY.with(KeysFile.NAME, FuzzSealed.bytes(KeysFile.NAME)),
                (files, recovery) -> EncryptedLog.open(files, new FakeClock(), TestKeys.encryption(), recovery),
                SEALED_KINDS);
    }

    /** Opens a store in one way. */
    @FunctionalInterface
    private interface Opening {
        LogStore open(SimulatedFiles files, Recovery recovery) throws IOException;
    }

    private static LogStore open(SimulatedFiles files, Recovery recovery) throws IOException {
        return new LogSubject(Durability.NONE, recovery, LogSubject.SMALL, SEED)
                .open(files)
                .store();
    }

    private static boolean check(byte[] packed, DiskImage first, Opening opening, Set<Kind> kinds) throws IOException {
        List<DiskImage> images = new ArrayList<>(List.of(first));
        forEach(packed, (name, file) -> {
            var bytes = new byte[file.remaining()];
            file.get(bytes);
            images.set(0, images.get(0).with(name, bytes));
        });
        boolean opened = false;
        for (var recovery : Recovery.values()) {
            opened |= opens(images.get(0), recovery, opening, kinds);
        }
        return opened;
    }

    private static boolean opens(DiskImage image, Recovery recovery, Opening opening, Set<Kind> kinds)
            throws IOException {
        var files = new SimulatedFiles(image, SEED);
        LogStore store;
        try {
            store = opening.open(files, recovery);
        } catch (StoreException e) {
            if (!kinds.contains(e.kind())) {
                throw new AssertionError(recovery + ": " + e.kind() + " is not what this is", e);
            }
            if (!files.crash().killed().equals(image)) {
                throw new AssertionError(recovery + ": refused, but changed");
            }
            return false;
        }
        Logs.put(store, "probe", "value");
        store.sync();
        var found = contents(store);
        requireSameAgain(files.crash().unsyncedLost(), opening, kinds, found, recovery);
        store.close();
        return true;
    }

    /** Records that contradict each other, and have right checksums, may be missing then, or make it refuse; LogStructureTest expects more. */
    private static void requireSameAgain(
            DiskImage image, Opening opening, Set<Kind> kinds, Map<String, String> found, Recovery recovery)
            throws IOException {
        Map<String, String> again;
        try {
            again = contents(opening.open(new SimulatedFiles(image, SEED), recovery));
        } catch (StoreException e) {
            if (e.kind() == Kind.MISMATCH || !kinds.contains(e.kind())) {
                throw new AssertionError(recovery + ", opened again: " + e.kind() + " is not what this is", e);
            }
            return;
        }
        // After a salvage, what was replaced may be there again; it says so.
        if (recovery != Recovery.SALVAGE && !found.entrySet().containsAll(again.entrySet())) {
            throw new AssertionError(recovery + ": found " + found + ", and after a restart " + again);
        }
    }

    /** Returns what has not expired. Keys and values are any bytes, so they are shown as Latin-1. */
    private static Map<String, String> contents(LogStore store) {
        Map<String, String> found = new TreeMap<>();
        long now = store.clock().millis();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                if (entry.expiresAtMillis() > now) {
                    var read = store.read(entry.key());
                    var shown = shown(entry);
                    if (read == null || !shown(read).equals(shown)) {
                        throw new AssertionError("An entry is scanned, and read otherwise");
                    }
                    if (found.put(text(entry.key()), shown) != null) {
                        throw new AssertionError("An entry is scanned twice");
                    }
                }
            }
        }
        return found;
    }

    private static String shown(StoredEntry entry) {
        return LogSession.shown(text(entry.value()), entry.expiresAtMillis());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
