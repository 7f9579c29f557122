package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bound of what a store takes on disk, if it has one: a new segment is begun only if there is room for all of it, for a compaction
 * beside it, and for a manifest that replaces another. So no file grows past the bound at any moment. Guarded by the append lock.
 */
final class DiskBound {
    /** So many segments of the largest size are to be free, two of them for nobody: then the next writer need not wait for room. */
    private static final int FREE = 4;

    private static final int PART_OF_ONE_APPEND = 4;

    private final Files files;
    private final long maxBytes;
    private final long minFreeBytes;
    private final boolean isSet;
    private final Appender appender;
    private final SegmentTable segments;
    private final Reserve reserve;
    /** STORE, OWNER, and what recovery has set aside. */
    private final long otherBytes;

    DiskBound(
            Files files,
            LogOptions options,
            Appender appender,
            SegmentTable segments,
            Reserve reserve,
            long otherBytes) {
        this.files = files;
        this.maxBytes = options.maxDiskBytes();
        this.minFreeBytes = options.minFreeDiskBytes();
        this.isSet = options.isDiskBounded();
        this.appender = appender;
        this.segments = segments;
        this.reserve = reserve;
        this.otherBytes = otherBytes;
    }

    /**
     * Whether an append of so many bytes keeps the bound, and leaves room for a compaction.
     *
     * @param removes whether it may take the room of one segment more: else nothing could be removed from a full store
     */
    boolean admits(long frameBytes, boolean removes) {
        if (!isSet || appender.hasRoom(frameBytes)) {
            return true;
        }
        return hasFree(newBytes(frameBytes) + (removes ? 1 : 2) * (long) appender.sizes.maxBytes());
    }

    /** Whether an append is so long that most of what is there would have to leave for it. */
    boolean isTooMuch(long frameBytes) {
        return frameBytes > maxBytes / PART_OF_ONE_APPEND;
    }

    /** Tells which bound leaves no room for a segment. With the append lock. */
    String told() {
        long used = usedBytes();
        long free = minFreeBytes == 0 ? Long.MAX_VALUE : freeOfFileSystem();
        return free - minFreeBytes < maxBytes - used
                ? "the file system has " + free + " bytes free, and minFreeDiskBytes is " + minFreeBytes
                : "its files have " + used + " bytes, compaction needs room beside them, and maxDiskBytes is "
                        + maxBytes;
    }

    /** Whether there will soon be no room. */
    boolean isTight() {
        return isSet && !hasFree(FREE * (long) appender.sizes.maxBytes());
    }

    /** Whether there is room for what the store could do without. */
    boolean admitsBeside(long bytes) {
        return !isSet || hasFree(bytes + FREE * (long) appender.sizes.maxBytes());
    }

    /** A batch that is longer than a segment takes several. */
    private long newBytes(long frameBytes) {
        if (appender.sizes.isModest(frameBytes)) {
            return appender.sizes.capacity((int) frameBytes);
        }
        return frameBytes + (1 + frameBytes / appender.sizes.maxBytes()) * appender.suite.overheadBytes();
    }

    private boolean hasFree(long bytes) {
        return maxBytes - usedBytes() >= bytes && (minFreeBytes == 0 || freeOfFileSystem() - minFreeBytes >= bytes);
    }

    private long freeOfFileSystem() {
        try {
            return files.freeBytes();
        } catch (IOException e) {
            LogMessages.LOG.log(System.Logger.Level.DEBUG, "The file system does not tell how much is free", e);
            return Long.MAX_VALUE;
        }
    }

    /** What is on disk, and what the head may still become. */
    private long usedBytes() {
        var head = appender.headOrNull();
        long bytes =
                otherBytes + reserve.bytesMax() + 2 * segments.manifestBytes(appender.suite) + segments.leavingBytes();
        for (var segment : segments.all()) {
            bytes += bytesOf(segment, head);
        }
        return bytes;
    }

    private static long bytesOf(Segment segment, @Nullable Segment head) {
        if (segment == head) {
            return segment.capacity + segment.hintBytes;
        }
        return segment.hintBytes
                + (segment.isSealed()
                        ? segment.end
                        : (long) segment.fileBytes() + segment.header.suite().footerBytes());
    }
}
