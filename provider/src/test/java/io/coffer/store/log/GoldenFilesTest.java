package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of format 1 as they were written when it was fixed. What fails here would make the stores of users unreadable; the files are
 * never made anew.
 */
class GoldenFilesTest {
    private static final Path DOCUMENT = Path.of("../docs/file-format.md");
    private static final String SEGMENT = "0000000000a7.seg";
    private static final String HINTS = "0000000000a7.hint";
    private static final Pattern HEX_LINE =
            Pattern.compile("(?m)^(?<offset>[0-9a-f]{8})  (?<bytes>(?:[0-9a-f]{2} {1,2}){1,16})\\|.{1,16}\\|$");

    private static byte[] golden(String name) throws IOException {
        try (var stream = GoldenFilesTest.class.getResourceAsStream("/format/1/" + name)) {
            assertThat(stream).as(name).isNotNull();
            return stream.readAllBytes();
        }
    }

    @Test
    void segment_readAndWrittenAgain_isTheSame() throws Exception {
        var bytes = golden(SEGMENT);
        var header = SegmentHeader.decode(bytes, SEGMENT);
        assertThat(header).isEqualTo(Samples.HEADER);
        var records = Samples.records(bytes, header.suite().framing(header, Samples.RECORD_BYTES_MAX));

        var written = ByteBuffer.allocate(bytes.length);
        written.put(header.encode());
        var framing = header.suite().framing(header, Samples.RECORD_BYTES_MAX);
        for (var record : records) {
            int at = written.position();
            framing.write(
                    written,
                    at,
                    at,
                    record.type(),
                    record.shadow(),
                    record.sequence(),
                    record.expiresAtMillis(),
                    record.key(),
                    record.value());
            written.position(at + record.frameBytes());
        }

        assertThat(written.array()).isEqualTo(bytes);
        assertThat(records).extracting(LogRecord::type).contains(RecordType.values());
        assertThat(records.get(3).syncedOffset()).isEqualTo(0xB5);
    }

    @Test
    void segment_writtenFromNothing_isTheSame() throws Exception {
        assertThat(Samples.segment()).isEqualTo(golden(SEGMENT));
    }

    @Test
    void hints_writtenFromTheSegment_areTheSame() throws Exception {
        assertThat(Samples.hints()).isEqualTo(golden(HINTS));
    }

    @Test
    void hints_readAndWrittenAgain_areTheSame() throws Exception {
        var bytes = golden(HINTS);
        var header = HintHeader.decode(bytes, HINTS);
        var written = ByteBuffer.allocate((int) header.fileBytes());
        written.put(header.encode());
        for (int at = LogFormat.HEADER_BYTES; at < bytes.length - 4; at += LogFormat.HINT_BYTES) {
            Hint.decode(ByteBuffer.wrap(bytes), at, at, HINTS).encode(written, at);
        }
        FileHead.sealBody(written, bytes.length - 4);

        assertThat(written.array()).isEqualTo(bytes);
    }

    @Test
    void manifest_readAndWrittenAgain_isTheSame() throws Exception {
        var manifest = Manifest.decode(golden("MANIFEST"), "MANIFEST");

        assertThat(manifest).isEqualTo(Samples.manifest());
        assertThat(manifest.encode()).isEqualTo(golden("MANIFEST"));
    }

    @Test
    void store_readAndWrittenAgain_isTheSame() throws Exception {
        var store = StoreIdentity.decode(golden("STORE"), "STORE");

        assertThat(store).isEqualTo(Samples.STORE);
        assertThat(store.encode()).isEqualTo(golden("STORE"));
    }

    /** The example in the document is the golden file, byte by byte. */
    @ParameterizedTest
    @ValueSource(strings = {SEGMENT, HINTS, "MANIFEST", "STORE"})
    void document_hexOfAFile_isThatFile(String name) throws IOException {
        var document = Files.readString(DOCUMENT);
        int begin = document.indexOf("\n```hex " + name + "\n");
        assertThat(begin).as("block of %s", name).isPositive();
        var block = document.substring(begin, document.indexOf("\n```\n", begin + 1) + 1);

        var bytes = new ByteArrayOutputStream();
        var lines = HEX_LINE.matcher(block);
        while (lines.find()) {
            assertThat(Integer.parseInt(lines.group("offset"), 16)).isEqualTo(bytes.size());
            bytes.writeBytes(HexFormat.of().parseHex(lines.group("bytes").replace(" ", "")));
        }

        assertThat(bytes.toByteArray()).isEqualTo(golden(name));
        assertThat(block.lines().count()).isEqualTo(3 + (bytes.size() - 1) / 16);
    }

    /** So is its list of records. */
    @Test
    void document_recordsOfTheExample_areThoseOfTheFile() throws IOException {
        var document = Files.readString(DOCUMENT);
        long offset = LogFormat.HEADER_BYTES;
        for (var record : Samples.records(golden(SEGMENT), Samples.framing())) {
            assertThat(document)
                    .contains("\n| %08x | %s%s | %d | %d |"
                            .formatted(
                                    offset,
                                    record.type(),
                                    record.shadow() ? ", shadow" : "",
                                    record.frameBytes(),
                                    record.sequence()));
            offset += record.frameBytes();
        }
    }
}
