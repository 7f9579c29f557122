package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;

/** Begins segments. Guarded by the append lock. */
final class NewSegments {
    private final Files files;
    private final SegmentHeaders headers;
    private final StoreClock clock;
    private final SegmentTable segments;
    private final Leftovers leftovers;
    private final boolean wantsHints;

    NewSegments(Files files, LogOptions options, Recovered recovered, SegmentTable segments, Leftovers leftovers) {
        this.files = files;
        this.headers = recovered.headers();
        this.clock = recovered.clock();
        this.segments = segments;
        this.leftovers = leftovers;
        this.wantsHints = options.wantsHints();
    }

    /** Makes the file of a segment that can be appended to, with its header. If that fails, there is none. */
    Segment begin(long createdSequence, int capacity) throws IOException {
        if (segments.isFull()) {
            throw new IOException("A store has at most " + LogFormat.SEGMENTS_MAX + " segments");
        }
        var header = header(SegmentKind.WRITTEN, createdSequence);
        var name = SegmentHeader.fileName(header.id());
        var file = files.create(name);
        boolean begun = false;
        try {
            file.write(0, header.encode(), 0, header.suite().headerBytes);
            begun = true;
        } finally {
            if (!begun) {
                leftovers.discard(file, name);
            }
        }
        var segment = Segment.begun(segments.takeNumber(), header, files, file, header.framing(), capacity);
        segment.hints = wantsHints ? new HintLines(files, header) : null;
        return segment;
    }

    /** Returns the header of a new segment, with an id of its own. */
    SegmentHeader header(SegmentKind kind, long createdSequence) throws IOException {
        return headers.begin(kind, segments.takeId(), createdSequence, clock.millis());
    }
}
