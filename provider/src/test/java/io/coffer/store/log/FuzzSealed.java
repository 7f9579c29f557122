package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What the golden encrypted store is read with, and makes bytes that were made up such as somebody with its keys could have written: what is
 * to be encrypted stands in its place in the clear, and is encrypted there.
 */
final class FuzzSealed {
    static final int RECORDS_AT = Suite.SEALED.headerBytes;

    private static final String SEGMENT = "000000000001.seg";
    private static final int NONCE_BYTES = Algorithms.NONCE_BYTES;
    private static final int TAG_BYTES = Algorithms.TAG_BYTES;
    private static final int SALT_AT = 48;
    private static final int EPOCH_AT = 56;
    private static final int COMMITMENT_AT = 96;
    private static final int HEADER_CHECKED_END = 128;
    private static final int HINTS_AT = 96;
    private static final int SEALED_TYPE = 0x11;
    private static final int SEALED_AT = 24;
    private static final int MASK_FACTOR = 0x9E37_79B1;
    private static final int RECORD_BYTES_MAX = 1 << 16;

    static final DiskImage GOLDEN;
    static final KeyRing RING;
    static final SegmentHeaders HEADERS;
    static final FoundSegment FOUND;

    static {
        try {
            GOLDEN = SealedGoldenFilesTest.golden();
            var files = EncryptedLog.files(GOLDEN);
            RING = KeyRing.open(files, TestKeys.encryption());
            HEADERS = new SegmentHeaders(RING.identity(), new SplittableRandom(1), RING);
            var manifest = ManifestFile.read(files, RING.identity().tag(), RING);
            FOUND = new FoundSegment(
                    SEGMENT,
                    HEADERS.decode(bytes(SEGMENT), SEGMENT),
                    manifest.segments().get(0),
                    bytes(SEGMENT).length,
                    false);
        } catch (IOException | DamagedFileException | NewerFormatException e) {
            throw new AssertionError(e);
        }
    }

    private FuzzSealed() {}

    static byte[] bytes(String name) {
        return GOLDEN.files().get(name);
    }

    static RecordFraming framing() {
        return Suite.SEALED.framing(FOUND.header(), RECORD_BYTES_MAX);
    }

    /** Reads a file of keys, and then tries the outer key on it. */
    static boolean checkKeys(byte[] bytes) throws IOException, DamagedFileException, NewerFormatException {
        FuzzFiles.requireSame(bytes, KeysFile.decode(bytes, KeysFile.NAME).encode());
        var files = new SimulatedFiles(DiskImage.EMPTY.with(KeysFile.NAME, bytes), 1);
        try {
            KeyRing.open(files, TestKeys.encryption()).close();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.KEY) {
                throw new AssertionError(e.kind() + " is not what this is", e);
            }
        } catch (DamagedFileException e) {
            if (!e.isTampered()) {
                throw e;
            }
        }
        return true;
    }

    /** Reads what the root key has opened. */
    static boolean checkKeysBody(byte[] bytes) throws DamagedFileException {
        var contents = RingContents.decode(bytes, RING.identity().id(), KeysFile.NAME);
        require(bytes, contents.encode());
        return true;
    }

    static boolean checkManifest(byte[] bytes) throws DamagedFileException, NewerFormatException {
        var manifest = SealedManifest.decode(bytes, ManifestFile.NAME, RING);
        var again = SealedManifest.encode(manifest, RING);
        var expected = ByteBuffer.wrap(bytes);
        LittleEndian.putShort(expected, 10, LogFormat.MINOR);
        FuzzFiles.resealHead(expected);
        require(Arrays.copyOf(bytes, LogFormat.HEADER_BYTES), Arrays.copyOf(again, LogFormat.HEADER_BYTES));
        if (!SealedManifest.decode(again, ManifestFile.NAME, RING).equals(manifest)) {
            throw new AssertionError("Written again, it is another manifest: " + manifest);
        }
        return true;
    }

    static boolean checkHeader(byte[] bytes) throws DamagedFileException, NewerFormatException {
        var header = HEADERS.decode(bytes, SEGMENT);
        if (header.suite() == Suite.PLAIN) {
            return false; // SEGMENT_HEADER has these
        }
        var expected = ByteBuffer.wrap(Arrays.copyOf(bytes, RECORDS_AT));
        LittleEndian.putShort(expected, 10, LogFormat.MINOR);
        FuzzFiles.resealHead(expected);
        FileHead.sealBody(expected, HEADER_CHECKED_END);
        if (header.seal() == null) {
            return false; // a stranger's, whose keys nobody asks for
        }
        require(expected.array(), header.encode());
        return true;
    }

    private static void require(byte[] expected, byte[] written) {
        if (!Arrays.equals(expected, written)) {
            throw new AssertionError("The bytes are another encoding of what they say, different at "
                    + Arrays.mismatch(expected, written));
        }
    }

    /** Of a file of a folder, told by its first bytes. */
    static void reseal(ByteBuffer file) {
        if (file.limit() < LogFormat.HEADER_BYTES) {
            return;
        }
        long magic = LittleEndian.getLong(file, 0);
        if (magic == LogFormat.SEGMENT_MAGIC && file.get(15) == Suite.SEALED.code) {
            resealSegment(file);
        } else if (magic == LogFormat.MANIFEST_MAGIC && file.get(Manifest.SUITE_AT) == Suite.SEALED.code) {
            resealManifest(file);
        } else if (magic == LogFormat.HINT_MAGIC) {
            resealHints(file);
        } else {
            FuzzFiles.reseal(file);
        }
    }

    static void resealManifest(ByteBuffer file) {
        FuzzFiles.resealWhole(file);
        int length = file.limit() - LogFormat.HEADER_BYTES - LogFormat.CHECKSUM_BYTES - NONCE_BYTES - TAG_BYTES;
        var seal = RING.manifestSeal();
        if (length >= 0 && LittleEndian.getInt(file, EPOCH_AT) == seal.epoch()) {
            var plain = new byte[length];
            file.get(LogFormat.HEADER_BYTES + NONCE_BYTES, plain);
            var head = new byte[LogFormat.HEADER_BYTES];
            file.get(0, head);
            file.put(LogFormat.HEADER_BYTES, seal.seal(seal.epoch(), plain, head));
            FuzzFiles.resealWhole(file);
        }
    }

    /** With the keys that follow from the header that stands there. */
    static void resealSegment(ByteBuffer file) {
        var sealed = resealHeader(file);
        if (sealed != null) {
            resealRecords(file, sealed);
        }
    }

    static SegmentHeader resealHeader(ByteBuffer file) {
        FuzzFiles.resealHead(file);
        if (file.limit() < RECORDS_AT) {
            return null;
        }
        FileHead.sealBody(file, HEADER_CHECKED_END);
        var head = new byte[RECORDS_AT];
        file.get(0, head);
        try {
            var header = SegmentHeader.decode(head, "file");
            var sealed = header.suite() == Suite.PLAIN ? null : RING.derive(header, SegmentHeader.keySalt(head));
            if (sealed != null) {
                sealed.requireSeal().commitment().put(file, COMMITMENT_AT);
                FileHead.sealBody(file, HEADER_CHECKED_END);
            }
            return sealed;
        } catch (DamagedFileException | NewerFormatException e) {
            return null; // it is refused whatever follows
        }
    }

    /** Of all records up to the first bytes that can be none, whatever header stands before them. */
    static void resealRecords(ByteBuffer file, SegmentHeader header) {
        var seal = header.requireSeal();
        var framing = Suite.SEALED.framing(header, LogFormat.SEGMENT_BYTES_MAX);
        int at = RECORDS_AT;
        int length = at < file.limit() ? framing.frameBytes(file, at, file.limit() - at) : -1;
        while (length > 0) {
            int first = file.arrayOffset() + at;
            int sealedBytes = length - SEALED_AT;
            var nonce = new byte[NONCE_BYTES];
            seal.nextNonce(nonce); // the one that stands there may have been used: SunJCE does not take it twice
            file.put(at + SEALED_AT - NONCE_BYTES, nonce);
            seal.cipher()
                    .seal(
                            file.array(),
                            first + SEALED_AT - NONCE_BYTES,
                            first + SEALED_AT,
                            sealedBytes - TAG_BYTES,
                            seal.associated(at, SEALED_TYPE, sealedBytes));
            int mask = (header.salt() ^ at) * MASK_FACTOR;
            LittleEndian.putInt(file, at, Checksum.of(file, at + LogFormat.CHECKSUM_BYTES, at + length) ^ mask);
            at += length;
            length = framing.frameBytes(file, at, file.limit() - at);
        }
    }

    /** With the key of a file about the golden segment. */
    static void resealHints(ByteBuffer file) {
        FuzzFiles.resealHead(file);
        int end = file.limit() - LogFormat.CHECKSUM_BYTES;
        if (end < HINTS_AT) {
            return;
        }
        try (var seal = HintSeal.of(FOUND.header(), Salt.of(file, LogFormat.HEADER_BYTES))) {
            int number = 0;
            for (int at = HINTS_AT; at < end; at += HintSeal.SEALED_BLOCK_BYTES) {
                int length = Math.min(HintSeal.SEALED_BLOCK_BYTES, end - at);
                if (length >= TAG_BYTES) {
                    var plain = new byte[length - TAG_BYTES];
                    file.get(at, plain);
                    boolean isLast = at + length == end;
                    file.put(at, seal.seal(plain, 0, plain.length, number, isLast), 0, length);
                }
                number++;
            }
        }
        resealHintChecksums(file);
    }

    /** As anybody can. */
    static void resealHintChecksums(ByteBuffer file) {
        FuzzFiles.resealHead(file);
        int end = file.limit() - LogFormat.CHECKSUM_BYTES;
        LittleEndian.putInt(file, end, Checksum.of(file, HINTS_AT, end) ^ FileHead.checksum(file));
    }
}
