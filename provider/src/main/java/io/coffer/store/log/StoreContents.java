package io.coffer.store.log;

import java.util.List;
import java.util.Set;

/**
 * What the files of a directory are, as their names, their headers and the manifest tell.
 *
 * @param segments those that count, by rising ids
 * @param absent lines of the manifest for which there is no file
 * @param strangers segments of other stores, or under another's name, or of which nothing can be read: to be set aside
 * @param leftovers half-written files, compacted segments that were never committed, segments that were dropped, and heads that were not
 *     begun, hints about none of the segments: to be deleted
 * @param hints names of the hint files about sealed segments that count
 */
record StoreContents(
        List<FoundSegment> segments,
        List<ManifestLine> absent,
        List<String> strangers,
        List<String> leftovers,
        Set<String> hints) {

    /** Returns those that nobody has sealed, by rising ids. */
    List<FoundSegment> heads() {
        return segments.stream().filter(segment -> segment.seal() == null).toList();
    }
}
