package io.coffer.store.log;

import java.util.List;
import java.util.Map;

/**
 * What opening a log's directory has found, and all that is needed to go on. Every segment is sealed and listed in the manifest that is
 * on disk; nobody appends to a file that somebody else began.
 *
 * @param identity of the store, made now if the directory was empty
 * @param headers makes the headers of its new segments, and has its keys
 * @param index where each key lies; its locations name the segments by their numbers
 * @param segments in the order of their ids
 * @param manifest as it is on disk
 * @param lastSequence the last sequence number that may have been given out
 * @param clock that never shows less than any time on disk
 * @param damagedEntries how many records could not be read
 * @param hintBytes how long the hint files of segments are, by the ids of these; others are to be written
 * @param otherBytes what files take that are neither segments nor manifest nor reserve, if the disk is bounded
 */
record Recovered(
        StoreIdentity identity,
        SegmentHeaders headers,
        Index index,
        List<RecoveredSegment> segments,
        Manifest manifest,
        long lastSequence,
        StoreClock clock,
        long damagedEntries,
        Map<Long, Long> hintBytes,
        long otherBytes) {}
