package io.coffer.store.log;

import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts made-up hints beside a golden segment. They are passed over, or say nothing but what their bytes say, for a segment of this length.
 *
 * @param found the segment
 * @param segment its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record FuzzHints(FoundSegment found, byte[] segment) {
    static final FuzzHints PLAIN = new FuzzHints(
            new FoundSegment(
                    "0000000000a7.seg",
                    Samples.HEADER,
                    Samples.manifest().segments().get(1),
                    Samples.segment().length,
                    false),
            Samples.segment());

    /** Returns whether they were taken. */
    boolean check(byte[] file) throws IOException, DamagedFileException, NewerFormatException {
        var files = new SimulatedFiles();
        put(files, found.file(), segment);
        put(files, HintHeader.fileName(found.header().id()), file);
        List<Hint> hints = new ArrayList<>();
        try (var records = new SegmentFile(files, found);
                var reader = HintReader.open(files, found, records)) {
            if (reader == null) {
                return false;
            }
            reader.forEach(hints::addAll);
        } catch (UselessHintsException e) {
            return false;
        }
        for (var hint : hints) {
            if (hint.offset() + hint.frameBytes() > segment.length) {
                throw new AssertionError("A record behind the end of the segment was taken: " + hint.offset());
            }
        }
        var header = HintHeader.decode(file, "file");
        if (header.keySalt() == null) {
            FuzzFiles.requireSame(file, encode(hints, header));
        } else {
            requireSameSealed(file, encodeSealed(hints, header));
        }
        return true;
    }

    private static void put(SimulatedFiles files, String name, byte[] bytes) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, bytes, 0, bytes.length);
        }
    }

    private static void requireSameSealed(byte[] read, byte[] written) {
        var expected = ByteBuffer.wrap(read);
        LittleEndian.putShort(expected, 10, LogFormat.MINOR); // readers ignore it
        FuzzSealed.resealHintChecksums(expected);
        if (!Arrays.equals(read, written)) {
            throw new AssertionError(
                    "The hints are another encoding of what they say, different at " + Arrays.mismatch(read, written));
        }
    }

    /** For less than a block. */
    private byte[] encodeSealed(List<Hint> hints, HintHeader header) {
        var bytes = ByteBuffer.allocate((int) HintHeader.fileBytes(hints.size(), Suite.SEALED));
        bytes.put(header.encode());
        for (int i = 0; i < hints.size(); i++) {
            hints.get(i).encode(bytes, bytes.position() + i * LogFormat.HINT_BYTES);
        }
        FuzzSealed.resealHints(bytes);
        return bytes.array();
    }

    private static byte[] encode(List<Hint> hints, HintHeader header) {
        var bytes = ByteBuffer.allocate((int) HintHeader.fileBytes(hints.size(), Suite.PLAIN));
        bytes.put(header.encode());
        for (var hint : hints) {
            hint.encode(bytes, bytes.position());
            bytes.position(bytes.position() + LogFormat.HINT_BYTES);
        }
        FileHead.sealBody(bytes, bytes.position());
        return bytes.array();
    }
}
