package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A compacted segment with nothing but a CLEAR: says for ever that what is older than a lost change does not count, since the lost one
 * may have replaced it. No state.
 */
final class ClearSegment {
    private static final byte[] NOTHING = {};

    private ClearSegment() {}

    /** Makes the file, sealed and synced; it counts when a manifest lists it. One that a crash has left there is replaced. */
    static ManifestLine create(Files files, SegmentHeader header, long sequence, long lastSequence, long clockMillis)
            throws IOException {
        var name = SegmentHeader.fileName(header.id());
        var framing = header.suite().framing(header, header.suite().footerBytes());
        int start = header.suite().headerBytes;
        var bytes = ByteBuffer.allocate(start + framing.frameBytes(0, 0));
        bytes.put(0, header.encode());
        int checksum =
                framing.write(bytes, start, start, RecordType.CLEAR, false, sequence, clockMillis, NOTHING, NOTHING);
        var tally = new SegmentTally();
        tally.add(RecordType.CLEAR, sequence, clockMillis, checksum);
        files.delete(name);
        try (var file = files.create(name)) {
            file.write(0, bytes.array(), 0, bytes.capacity());
            return HeadSealer.seal(file, header, bytes.capacity(), tally.summary(), lastSequence, clockMillis);
        }
    }
}
