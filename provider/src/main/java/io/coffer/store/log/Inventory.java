package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what the files of a directory are. Reads headers only and changes nothing. One thread, once. */
final class Inventory {
    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{12}\\.seg");
    private static final Pattern HINT = Pattern.compile("[0-9a-f]{12}\\.hint");
    private static final int ID_DIGITS = 12;

    private final Files files;
    private final StoreIdentity identity;
    private final SegmentHeaders headers;
    private final Losses losses;
    /** Null if the manifest is lost and all segments are to count. */
    private final @Nullable Manifest manifest;

    private final Map<Long, ManifestLine> lines = new HashMap<>();
    private final Set<Long> found = new HashSet<>();
    private final List<FoundSegment> segments = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    Inventory(Files files, StoreIdentity identity, SegmentHeaders headers, @Nullable Manifest manifest, Losses losses) {
        this.files = files;
        this.identity = identity;
        this.headers = headers;
        this.losses = losses;
        this.manifest = manifest;
        if (manifest != null) {
            manifest.segments().forEach(line -> lines.put(line.id(), line));
        }
    }

    static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches();
    }

    /** Goes over the names of all files. */
    StoreContents take(List<String> names) throws IOException, NewerFormatException {
        for (var name : names) {
            if (name.endsWith(WholeFile.UNFINISHED)) {
                leftovers.add(name);
            } else if (isSegment(name)) {
                segment(name, Long.parseLong(name.substring(0, ID_DIGITS), 16));
            } else if (HINT.matcher(name).matches()) {
                hints.add(name);
            }
        }
        var useful = usefulHints();
        hints.stream().filter(name -> !useful.contains(name)).forEach(leftovers::add);
        var absent = manifest == null
                ? List.<ManifestLine>of()
                : manifest.segments().stream()
                        .filter(line -> !found.contains(line.id()) && !isUncommitted(line.kind(), line))
                        .toList();
        return new StoreContents(List.copyOf(segments), absent, List.copyOf(strangers), List.copyOf(leftovers), useful);
    }

    /** Those about segments that are sealed. Whether they are right is seen when they are read. */
    private Set<String> usefulHints() {
        var useful = new HashSet<String>();
        for (var segment : segments) {
            if (segment.seal() != null) {
                useful.add(HintHeader.fileName(segment.header().id()));
            }
        }
        useful.retainAll(hints);
        return useful;
    }

    private void segment(String name, long id) throws IOException, NewerFormatException {
        var line = lines.get(id);
        long size;
        SegmentHeader header;
        try (var file = files.openForReading(name)) {
            size = file.size();
        }
        var head = WholeFile.read(files, name, LogFormat.SEALED_HEADER_BYTES);
        try {
            header = headers.decode(head, name);
        } catch (DamagedFileException e) {
            if (e.isTampered()
                    && manifest != null
                    && line == null
                    && (isGone(id) || SegmentHeader.saysCompacted(head))) {
                leftovers.add(name); // its key may have been destroyed before a power failure has brought it back
                return;
            }
            losses.expectUntouched(e);
            withoutHeader(name, id, size, line);
            return;
        }
        boolean isOurs = header.isOf(identity.tag(), name);
        boolean isListed = isOurs && line != null && line.isAbout(header);
        if (!isOurs || (line != null && !isListed) || (line == null && !isTaken(header))) {
            strangers.add(name);
        } else if (isListed ? isUncommitted(header.kind(), line) : isDropped(header.kind(), id)) {
            leftovers.add(name);
        } else {
            add(new FoundSegment(name, header, line, size, false));
        }
    }

    /**
     * Whether a segment may count that is not listed. One in the clear may be from anybody, and was begun before its store was encrypted; so
     * it was listed, or the manifest was lost then.
     */
    private boolean isTaken(SegmentHeader header) {
        var ring = headers.ring();
        return header.suite() == Suite.SEALED ? ring != null : ring == null || ring.takesPlain();
    }

    private void add(FoundSegment segment) {
        segments.add(segment);
        found.add(segment.header().id());
    }

    /** A segment of compacted records counts when it is sealed and listed, not before. */
    private static boolean isUncommitted(SegmentKind kind, @Nullable ManifestLine line) {
        return kind == SegmentKind.COMPACTED && (line == null || line.state() == SegmentState.OPEN);
    }

    /** Whether a segment that is not listed does not count: it was listed once, or never committed. */
    private boolean isDropped(SegmentKind kind, long id) {
        return manifest != null && (kind == SegmentKind.COMPACTED || isGone(id));
    }

    /** Whether a segment of that id, which is not listed, was listed once. */
    private boolean isGone(long id) {
        return manifest != null && id < manifest.nextSegmentId();
    }

    /**
     * The manifest knows enough to read a segment whose header is damaged. One that is not listed cannot be read: a crash has torn it,
     * and it was never synced, unless something behind it proves otherwise.
     */
    private void withoutHeader(String name, long id, long size, @Nullable ManifestLine line) throws IOException {
        if (line != null) {
            if (isUncommitted(line.kind(), line)) {
                leftovers.add(name);
                return;
            }
            var header = headers.of(line);
            if (header == null) {
                strangers.add(name);
            } else {
                add(new FoundSegment(name, header, line, size, true));
            }
        } else if (isGone(id) || isBlankBehindHeader(name, size)) {
            leftovers.add(name);
        } else {
            strangers.add(name);
        }
    }

    /** Whether there is nothing but a header, which a crash has torn. */
    private boolean isBlankBehindHeader(String name, long size) throws IOException {
        if (size <= LogFormat.HEADER_BYTES) {
            return true;
        }
        try (var file = files.openForReading(name)) {
            var window = new SegmentWindow(
                    (target, offset) -> SegmentFile.readFully(file, name, target, offset), size, 1 << 16);
            return window.blankFrom(LogFormat.HEADER_BYTES) == LogFormat.HEADER_BYTES;
        }
    }
}
