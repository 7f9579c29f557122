package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C over a range of a buffer, whose position and limit are the same afterwards. */
final class Checksum {
    private Checksum() {}

    static int of(ByteBuffer bytes, int start, int end) {
        return of(new CRC32C(), bytes, start, end);
    }

    /** Checks a record that begins with its checksum, as {@link RecordFraming#isIntact} wants it. */
    static boolean isRight(SegmentBytes bytes, long offset, int frameBytes, ByteBuffer piece, int mask)
            throws IOException {
        var crc = new CRC32C();
        int checksum = 0;
        for (int at = 0; at < frameBytes; at += piece.capacity()) {
            piece.clear().limit(Math.min(piece.capacity(), frameBytes - at));
            bytes.read(piece, offset + at);
            piece.flip();
            if (at == 0) {
                checksum = LittleEndian.getInt(piece, 0);
                piece.position(LogFormat.CHECKSUM_BYTES);
            }
            crc.update(piece);
        }
        return checksum == ((int) crc.getValue() ^ mask);
    }

    /** As {@link #of(ByteBuffer, int, int)}, for who wants nothing to be allocated: the given CRC is begun anew. */
    static int of(CRC32C crc, ByteBuffer bytes, int start, int end) {
        crc.reset();
        if (bytes.hasArray()) {
            crc.update(bytes.array(), bytes.arrayOffset() + start, end - start);
        } else {
            int position = bytes.position();
            int limit = bytes.limit();
            bytes.limit(end).position(start);
            crc.update(bytes);
            bytes.limit(limit).position(position);
        }
        return (int) crc.getValue();
    }
}
