package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.ReadableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A segment's file, open for one walk over its records. One thread at a time. */
final class SegmentFile implements Closeable {
    private static final int WINDOW_BYTES = 1 << 18;

    private final ReadableFile file;
    private final FoundSegment segment;

    SegmentFile(Files files, FoundSegment segment) throws IOException {
        this.file = files.openForReading(segment.file());
        this.segment = segment;
    }

    /** Walks over all that may be records. A record may be as long as the segment: what was once allowed stays readable. */
    SegmentScan scan() {
        return scan(segment.start());
    }

    /** Likewise from an offset on. */
    SegmentScan scan(long from) {
        var framing = segment.header().framing();
        return new SegmentScan(
                (target, offset) -> readFully(file, segment.file(), target, offset),
                framing,
                from,
                segment.end(),
                WINDOW_BYTES);
    }

    /** Returns the footer if the file is as long as the manifest says and has the very footer it had when it was sealed, null else. */
    @Nullable
    LogRecord footer() throws IOException {
        var sealed = segment.seal();
        if (sealed == null || segment.headerDamaged() || segment.size() != sealed.length()) {
            return null;
        }
        var suite = segment.header().suite();
        int length = suite.footerBytes();
        long offset = (long) sealed.length() - length;
        if (offset < segment.start()) {
            return null;
        }
        var bytes = ByteBuffer.allocate(length);
        readFully(file, segment.file(), bytes, offset);
        var framing = suite.framing(segment.header(), length);
        var footer = framing.read(bytes, 0, length, offset);
        return footer != null && footer.type() == RecordType.FOOTER && isOf(sealed, footer) ? footer : null;
    }

    private boolean isOf(ManifestLine sealed, LogRecord footer) {
        return sealed.equals(
                ManifestLine.sealed(segment.header(), sealed.length(), SegmentSummary.of(footer), footer.checksum()));
    }

    /** Fills a buffer from a file that has enough bytes. */
    static void readFully(ReadableFile file, String name, ByteBuffer target, long offset) throws IOException {
        int wanted = target.remaining();
        int read = file.read(target, offset);
        if (read < wanted) {
            throw new IOException(name + " became shorter while it was read: expected " + wanted + " bytes at offset "
                    + offset + ", found " + read);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
