package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes, spread over segments as their writer and a compaction could have left them, against what one thread after the other
 * would say.
 */
class WinnersModelTest {
    private static final int RUNS = 400;
    private static final String KEYS = "abcdef";

    /** A change as it lies in some segment. */
    private record Told(RecordType type, long sequence, long expiresAtMillis, String key, String value) {}

    private record Live(String value, long expiresAtMillis) {}

    private final Map<String, Live> model = new HashMap<>();
    private final List<List<Told>> segments = new ArrayList<>();
    private long sequence;

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 100})
    void recover_randomChanges_findsWhatTheModelHas(int compactedPercent) throws IOException {
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            model.clear();
            segments.clear();
            sequence = 0;
            change(random, 5 + random.nextInt(60));
            var expected = new TreeMap<String, String>();
            model.forEach((key, live) -> {
                if (live.expiresAtMillis > TinyLog.NOW) {
                    expected.put(key, live.value);
                }
            });
            var files = new SimulatedFiles();
            write(files, random, compactedPercent);

            var recovered = LogRecovery.recover(files, TinyLog.options(Recovery.STRICT));

            assertThat(TinyLog.contents(files, recovered))
                    .as("seed %s, %s", seed, segments)
                    .isEqualTo(expected);
            expectDeadlines(recovered, "seed " + seed);
            assertThat(recovered.lastSequence()).as("seed %s", seed).isEqualTo(sequence);
            var hinted = recoveredByHints(files, "seed " + seed);
            assertThat(TinyLog.contents(files, hinted))
                    .as("seed %s, by hints, %s", seed, segments)
                    .isEqualTo(expected);
            expectDeadlines(hinted, "by hints, seed " + seed);
            assertThat(hinted.segments()).as("seed %s", seed).isEqualTo(recovered.segments());
            assertThat(hinted.lastSequence()).as("seed %s", seed).isEqualTo(sequence);
            assertThat(hinted.clock().millis())
                    .as("seed %s", seed)
                    .isEqualTo(recovered.clock().millis());
        }
    }

    /** Writes the hints of all segments, and opens by them. */
    private static Recovered recoveredByHints(SimulatedFiles files, String seed) throws IOException {
        var plain = LogRecovery.recover(files, TinyLog.options(Recovery.POINT_IN_TIME));
        for (var segment : plain.segments()) {
            var line = segment.line();
            var found =
                    new FoundSegment(SegmentHeader.fileName(line.id()), segment.header(), line, line.length(), false);
            try (var lines = new HintLines(files, segment.header())) {
                new HintWriter(files, found, line, plain.identity().fingerprints(), () -> true).write(lines);
            }
        }
        var hinted = LogRecovery.recover(files, TinyLog.options(Recovery.POINT_IN_TIME));
        assertThat(hinted.hintBytes()).as(seed).hasSameSizeAs(plain.segments());
        return hinted;
    }

    private void expectDeadlines(Recovered recovered, String seed) {
        var fingerprints = recovered.identity().fingerprints();
        model.forEach((key, live) -> {
            var slot = recovered.index().find(fingerprints.of(key.getBytes(StandardCharsets.UTF_8)));
            if (live.expiresAtMillis > TinyLog.NOW) {
                assertThat(slot).as(seed).isNotNull();
                assertThat(slot.expiresAtMillis()).as("%s, key %s", seed, key).isEqualTo(live.expiresAtMillis);
            }
        });
    }

    private void change(Random random, int changes) {
        segments.add(new ArrayList<>());
        for (int i = 0; i < changes; i++) {
            sequence++;
            var key = KEYS.substring(random.nextInt(KEYS.length())).substring(0, 1);
            long deadline = random.nextInt(3) == 0 ? LogFormat.ETERNAL : TinyLog.NOW - 50 + random.nextInt(150);
            var type = type(random.nextInt(20));
            var value = "v" + sequence;
            segments.get(segments.size() - 1)
                    .add(new Told(type, sequence, deadline, type == RecordType.CLEAR ? "" : key, value));
            switch (type) {
                case PUT -> model.put(key, new Live(value, deadline));
                case REMOVE -> model.remove(key);
                case CLEAR -> model.clear();
                default -> model.computeIfPresent(key, (some, live) -> new Live(live.value, deadline));
            }
            if (random.nextInt(8) == 0) {
                segments.add(new ArrayList<>());
            }
        }
    }

    private static RecordType type(int dice) {
        return dice == 0
                ? RecordType.CLEAR
                : dice < 4 ? RecordType.REMOVE : dice < 8 ? RecordType.TOUCH : RecordType.PUT;
    }

    /** Some segments are told by compacted ones instead: all of their changes in any order, mixed with those of others. */
    private void write(SimulatedFiles files, Random random, int compactedPercent) throws IOException {
        var before = TinyLog.options(Recovery.STRICT, () -> Instant.ofEpochMilli(Samples.CREATED));
        var identity = LogRecovery.recover(files, before).identity();
        var mixed = new ArrayList<Told>();
        var lines = new ArrayList<ManifestLine>();
        long id = 1;
        long created = 0;
        for (var changes : segments) {
            if (random.nextInt(100) < compactedPercent) {
                mixed.addAll(changes);
            } else if (!changes.isEmpty()) {
                lines.add(seal(files, identity, SegmentKind.WRITTEN, id++, created, changes));
            }
            created = changes.isEmpty() ? created : changes.get(changes.size() - 1).sequence;
        }
        Collections.shuffle(mixed, random);
        for (int from = 0; from < mixed.size(); ) {
            int to = Math.min(mixed.size(), from + 1 + random.nextInt(20));
            lines.add(compact(files, identity, id++, random, mixed.subList(from, to)));
            from = to;
        }
        ManifestFile.write(files, new Manifest(identity.tag(), 2, id, TinyLog.NOW, lines), null);
    }

    /** What a segment's PUTs tell of deadlines is what all changes up to its creation had made of them, or nothing but their own. */
    private ManifestLine compact(
            SimulatedFiles files, StoreIdentity identity, long id, Random random, List<Told> changes)
            throws IOException {
        long created = random.nextBoolean() ? 0 : random.nextLong(sequence + 1);
        var touched = changes.stream()
                .map(told -> told.type == RecordType.PUT ? touchedUpTo(told, created) : told)
                .toList();
        return seal(files, identity, SegmentKind.COMPACTED, id, created, touched);
    }

    private Told touchedUpTo(Told put, long created) {
        long deadline = put.expiresAtMillis;
        for (var changes : segments) {
            for (var told : changes) {
                boolean isAboutIt =
                        told.sequence > put.sequence && told.sequence <= created && told.key.equals(put.key);
                if (isAboutIt && told.type != RecordType.TOUCH) {
                    return new Told(put.type, put.sequence, deadline, put.key, put.value);
                }
                deadline = isAboutIt ? told.expiresAtMillis : deadline;
            }
        }
        return new Told(put.type, put.sequence, deadline, put.key, put.value);
    }

    private static ManifestLine seal(
            SimulatedFiles files, StoreIdentity identity, SegmentKind kind, long id, long created, List<Told> changes)
            throws IOException {
        var header = new SegmentHeader(kind, Suite.PLAIN, id, created, TinyLog.NOW, identity.tag(), (int) id * 77, 0);
        var writer = new Samples.Writer(header);
        for (var change : changes) {
            writer.add(
                    change.type,
                    false,
                    change.sequence,
                    change.type == RecordType.PUT || change.type == RecordType.TOUCH
                            ? change.expiresAtMillis
                            : TinyLog.NOW,
                    change.key,
                    change.type == RecordType.PUT ? change.value : "");
        }
        var bytes = writer.bytes();
        try (var file = files.create(SegmentHeader.fileName(id))) {
            file.write(0, bytes, 0, bytes.length);
            return HeadSealer.seal(file, header, bytes.length, writer.summary(), created, TinyLog.NOW);
        }
    }
}
