package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.store.DiskImage;
import io.coffer.store.Files;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encrypted logs in simulated folders, without threads of their own, and what is to be known of their files. */
final class EncryptedLog {
    static final int SEGMENT_BYTES = 2 << 10;

    private EncryptedLog() {}

    static LogStore open(Files files, FakeClock clock, @Nullable StoreEncryption encryption) throws IOException {
        return open(files, clock, encryption, Recovery.POINT_IN_TIME);
    }

    static LogStore open(Files files, FakeClock clock, @Nullable StoreEncryption encryption, Recovery recovery)
            throws IOException {
        return LogStore.open(
                files,
                new LogOptions(
                        "secrets",
                        "texts of the secrets",
                        Durability.NONE,
                        1000,
                        recovery,
                        2048,
                        SEGMENT_BYTES,
                        SEGMENT_BYTES,
                        Long.MAX_VALUE,
                        false,
                        0,
                        encryption,
                        clock,
                        () -> clock.millis() * 1_000_000,
                        new SecureRandom(),
                        false));
    }

    static SimulatedFiles files(DiskImage image) {
        return new SimulatedFiles(image, 1);
    }

    static DiskImage image(SimulatedFiles files) {
        return files.crash().killed();
    }

    /** Does what the store's thread would do in a while. */
    static void settle(LogStore store) {
        for (int i = 0; i < 20; i++) {
            store.tick();
        }
    }

    /** Returns the names of segments that say that they are in the clear. */
    static List<String> plainSegments(DiskImage image) {
        var plain = new ArrayList<String>();
        image.files().forEach((name, bytes) -> {
            if (Inventory.isSegment(name) && bytes[15] == Suite.PLAIN.code) {
                plain.add(name);
            }
        });
        return plain;
    }

    /** Returns in which files some bytes stand. */
    static List<String> filesWith(DiskImage image, byte[] wanted) {
        var found = new ArrayList<String>();
        image.files().forEach((name, bytes) -> {
            for (int at = 0; at <= bytes.length - wanted.length; at++) {
                if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                    found.add(name + " at " + at);
                    return;
                }
            }
        });
        return found;
    }

    /** Makes the checksum of the record at an offset right again, as anybody can. */
    static void fixChecksum(byte[] segment, int offset) {
        var bytes = ByteBuffer.wrap(segment);
        int salt = LittleEndian.getInt(bytes, 48);
        int end = offset + 24 + LittleEndian.getInt(bytes, offset + 8);
        int mask = (salt ^ offset) * 0x9E37_79B1;
        LittleEndian.putInt(bytes, offset, Checksum.of(bytes, offset + 4, end) ^ mask);
    }

    /** Returns where the records of a sealed segment begin, the footer included. */
    static List<Integer> records(byte[] segment) {
        var bytes = ByteBuffer.wrap(segment);
        var offsets = new ArrayList<Integer>();
        int at = Suite.SEALED.headerBytes;
        while (at + 24 < segment.length) {
            offsets.add(at);
            at += 24 + LittleEndian.getInt(bytes, at + 8);
        }
        return offsets;
    }

    static Map<String, String> contents(LogStore store) {
        var found = new HashMap<String, String>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                found.put(
                        new String(entry.key(), StandardCharsets.UTF_8),
                        new String(entry.value(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }
}
