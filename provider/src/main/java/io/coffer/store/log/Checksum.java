package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C over a range of a buffer, whose position and limit are the same afterwards. */
final class Checksum {
    private Checksum() {}

    static int of(ByteBuffer bytes, int start, int end) {
        return of(new CRC32C(), bytes, start, end);
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
