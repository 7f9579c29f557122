package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/**
 * A file that is a segment of the store and counts.
 *
 * @param file its name
 * @param header as it stands in the file, or made up from the line if that is damaged
 * @param line what the manifest says of it, null if nothing
 * @param size of the file
 * @param headerDamaged whether the header was made up
 */
record FoundSegment(
        String file, SegmentHeader header, @Nullable ManifestLine line, long size, boolean headerDamaged) {
    /** Returns the line if it says that the segment is sealed, else null: then it is a head, which somebody was writing. */
    @Nullable
    ManifestLine seal() {
        return line != null && line.state() == SegmentState.SEALED ? line : null;
    }

    boolean isCompacted() {
        return header.kind() == SegmentKind.COMPACTED;
    }

    /** Where the first record lies. */
    int start() {
        return header.suite().headerBytes;
    }

    /** Where the bytes end that may be records. What lies behind the footer of a sealed segment is none of them. */
    long end() {
        var sealed = seal();
        long end = Math.min(size, sealed != null ? sealed.length() : LogFormat.SEGMENT_BYTES_MAX);
        return Math.max(start(), end);
    }
}
