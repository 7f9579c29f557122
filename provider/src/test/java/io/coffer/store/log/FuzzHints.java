package io.coffer.store.log;

import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts made-up hints beside the golden segment. They are passed over, or say nothing but what their bytes say, for a segment of this length. */
final class FuzzHints {
    private static final ManifestLine SEALED = Samples.manifest().segments().get(1);
    private static final byte[] SEGMENT = Samples.segment();
    private static final FoundSegment FOUND =
            new FoundSegment("0000000000a7.seg", Samples.HEADER, SEALED, SEGMENT.length, false);

    private FuzzHints() {}

    /** Returns whether they were taken. */
    static boolean check(byte[] file) throws IOException, DamagedFileException, NewerFormatException {
        var files = new SimulatedFiles();
        put(files, FOUND.file(), SEGMENT);
        put(files, HintHeader.fileName(SEALED.id()), file);
        List<Hint> hints = new ArrayList<>();
        try (var records = new SegmentFile(files, FOUND);
                var reader = HintReader.open(files, FOUND, records)) {
            if (reader == null) {
                return false;
            }
            reader.forEach(hints::addAll);
        } catch (UselessHintsException e) {
            return false;
        }
        for (var hint : hints) {
            if (hint.offset() + hint.frameBytes() > SEGMENT.length) {
                throw new AssertionError("A record behind the end of the segment was taken: " + hint.offset());
            }
        }
        FuzzFiles.requireSame(file, encode(hints, HintHeader.decode(file, "file")));
        return true;
    }

    private static void put(SimulatedFiles files, String name, byte[] bytes) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, bytes, 0, bytes.length);
        }
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
