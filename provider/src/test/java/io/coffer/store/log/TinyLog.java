package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The least that writes a log, for tests of what opens one: records, sync marks, new heads; seals heads late. Written from the format, not
 * from the store. Texts are keys and values.
 */
final class TinyLog {
    static final long NOW = Samples.CREATED + 1_000_000;
    static final long LATER = NOW + 60_000;

    final Files files;
    final Recovered recovered;
    private final LogOptions options;
    private final List<ManifestLine> lines = new ArrayList<>();
    private final List<Head> retired = new ArrayList<>();
    private final SplittableRandom salts = new SplittableRandom(7);
    private Manifest manifest;
    private Head head;
    private long sequence;

    /** A segment that is being written. */
    private static final class Head {
        final SegmentHeader header;
        final WritableFile file;
        final SegmentTally tally = new SegmentTally();
        final RecordFraming framing;
        int end = LogFormat.HEADER_BYTES;
        int synced;

        Head(SegmentHeader header, WritableFile file) {
            this.header = header;
            this.file = file;
            framing = header.suite().framing(header, 1 << 20);
        }
    }

    private TinyLog(Files files, LogOptions options, Recovered recovered) {
        this.files = files;
        this.options = options;
        this.recovered = recovered;
        manifest = recovered.manifest();
        lines.addAll(manifest.segments());
        sequence = recovered.lastSequence();
    }

    static TinyLog open(Files files, LogOptions options) throws IOException {
        return new TinyLog(files, options, LogRecovery.recover(files, options));
    }

    static TinyLog open(Files files) throws IOException {
        return open(files, options(Recovery.POINT_IN_TIME));
    }

    static LogOptions options(Recovery recovery) {
        return options(recovery, () -> Instant.ofEpochMilli(NOW));
    }

    static LogOptions options(Recovery recovery, InstantSource clock) {
        return new LogOptions(
                "cache",
                "key string, value string",
                Durability.ALWAYS,
                1_000,
                recovery,
                1 << 20,
                1 << 20,
                1 << 26,
                Long.MAX_VALUE,
                false,
                0,
                clock,
                () -> 0,
                new SplittableRandom(4),
                false);
    }

    void put(String key, String value, long expiresAtMillis) throws IOException {
        append(RecordType.PUT, true, expiresAtMillis, key, value);
    }

    void put(String key, String value) throws IOException {
        put(key, value, LogFormat.ETERNAL);
    }

    void remove(String key) throws IOException {
        append(RecordType.REMOVE, false, NOW, key, "");
    }

    void touch(String key, long expiresAtMillis) throws IOException {
        append(RecordType.TOUCH, false, expiresAtMillis, key, "");
    }

    void clear() throws IOException {
        append(RecordType.CLEAR, false, NOW, "", "");
    }

    private void append(RecordType type, boolean shadow, long millis, String key, String value) throws IOException {
        if (head == null) {
            begin();
        }
        if (head.synced > 0) {
            int synced = head.synced;
            head.synced = 0;
            write(RecordType.SYNC, false, sequence, NOW, Samples.NOTHING, Samples.longBytes(synced));
        }
        write(type, shadow, sequence + 1, millis, utf8(key), utf8(value));
        sequence++;
    }

    private void write(RecordType type, boolean shadow, long number, long millis, byte[] key, byte[] value)
            throws IOException {
        var bytes = ByteBuffer.allocate(head.framing.frameBytes(key.length, value.length));
        int checksum = head.framing.write(bytes, 0, head.end, type, shadow, number, millis, key, value);
        head.file.write(head.end, bytes.array(), 0, bytes.capacity());
        head.tally.add(type, number, millis, checksum);
        head.end += bytes.capacity();
    }

    private void begin() throws IOException {
        long id = manifest.nextSegmentId();
        id = retired.isEmpty()
                ? id
                : Math.max(id, retired.get(retired.size() - 1).header.id() + 1);
        var header = new SegmentHeader(
                SegmentKind.WRITTEN,
                Suite.PLAIN,
                id,
                sequence,
                NOW,
                recovered.identity().tag(),
                salts.nextInt(),
                0);
        head = new Head(header, files.create(SegmentHeader.fileName(id)));
        head.file.write(0, header.encode(), 0, LogFormat.HEADER_BYTES);
    }

    /** Makes all that was written durable, the oldest head first. */
    void sync() throws IOException {
        files.syncDirectory();
        for (var each : retired) {
            each.file.sync();
        }
        if (head != null) {
            head.file.sync();
            head.synced = head.end;
        }
    }

    /** Goes on in a new head, the old one stays as it is. */
    void roll() {
        if (head != null) {
            retired.add(head);
            head = null;
        }
    }

    /** Seals the heads that are not written any more, and lists them; then the current one as open. */
    void seal() throws IOException {
        files.syncDirectory();
        for (var each : retired) {
            lines.add(HeadSealer.seal(each.file, each.header, each.end, each.tally.summary(), sequence, NOW));
        }
        var listed = new ArrayList<>(lines);
        if (head != null) {
            listed.add(ManifestLine.open(head.header));
        }
        long next = listed.isEmpty()
                ? manifest.nextSegmentId()
                : Math.max(
                        manifest.nextSegmentId(), listed.get(listed.size() - 1).id() + 1);
        manifest = new Manifest(manifest.storeTag(), manifest.sequence() + 1, next, NOW, listed);
        ManifestFile.write(files, manifest, null);
        retired.clear();
    }

    /** What the index of the opened log leads to. */
    Map<String, String> contents() throws IOException {
        return contents(files, recovered);
    }

    static Map<String, String> contents(Files files, Recovered recovered) throws IOException {
        var contents = new TreeMap<String, String>();
        var slots = recovered.index().scan();
        while (slots.next()) {
            var record = record(files, recovered, slots.location());
            contents.put(text(record.key()), text(record.value()));
        }
        return contents;
    }

    private static LogRecord record(Files files, Recovered recovered, long location) throws IOException {
        var segment = recovered.segments().stream()
                .filter(each -> each.number() == Location.segment(location))
                .findFirst()
                .orElseThrow();
        try (var file =
                files.openForReading(SegmentHeader.fileName(segment.header().id()))) {
            var bytes = ByteBuffer.allocate(Location.sizeBytes(location));
            int read = file.read(bytes, Location.offset(location));
            var framing = segment.header().suite().framing(segment.header(), 1 << 20);
            var record = framing.read(bytes, 0, read, Location.offset(location));
            if (record == null || record.type() != RecordType.PUT) {
                throw new AssertionError("The index names no PUT: " + record);
            }
            return record;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
