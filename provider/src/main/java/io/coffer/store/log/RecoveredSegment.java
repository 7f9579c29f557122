package io.coffer.store.log;

/**
 * A sealed segment as opening has found or left it.
 *
 * @param number that locations name it by, see {@link Location}
 * @param header as it stands in the file
 * @param line what the manifest says of it now
 * @param shadows its records that must outlive something older
 * @param earliestDeadline the first deadline that a value in it has or had, or was given later
 * @param latestDeadline the last one
 * @param live how many slots of the index name it
 * @param liveBytes the sum of the sizes of their records
 */
record RecoveredSegment(
        int number,
        SegmentHeader header,
        ManifestLine line,
        Shadows shadows,
        long earliestDeadline,
        long latestDeadline,
        int live,
        long liveBytes) {}
