package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.ReadableFile;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A hint file that may stand in for its segment: it is about the segment as the manifest says that it was sealed, and its checksum is
 * right, for which it was read once from end to end. A file that is not is passed over, whatever is wrong with it. Whether its lines can be
 * all changes of the segment is seen only while they are told: what a checksum does not keep away is rarer than any opening is slow. One
 * thread at a time.
 */
final class HintReader implements Closeable {
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int HINTS_AT_ONCE = 64;

    private final ReadableFile file;
    private final String name;
    private final HintHeader header;
    private final int headerChecksum;
    private final LogRecord footer;
    /** Where the checksum of the body lies. */
    private final long end;

    /** How many bytes a block has, and how many of these are hints; the last may be shorter. */
    private final int blockBytes;

    private final ByteBuffer block;
    private final HintCheck check;
    /** Null if the hints are in the clear. */
    private final @Nullable HintSeal seal;
    /** Of each block as it was read first. */
    private final int[] checksums;

    private HintReader(ReadableFile file, String name, FoundSegment segment, LogRecord footer)
            throws IOException, DamagedFileException, NewerFormatException {
        this.file = file;
        this.name = name;
        this.footer = footer;
        var head = new byte[(int) Math.min(HintHeader.headerBytes(Suite.SEALED), file.size())];
        SegmentFile.readFully(file, name, ByteBuffer.wrap(head), 0);
        header = HintHeader.decode(head, name);
        headerChecksum = FileHead.checksum(ByteBuffer.wrap(head));
        FileHead.expect(name, 0, "length of the file", header.fileBytes(), file.size());
        end = header.fileBytes() - LogFormat.CHECKSUM_BYTES;
        blockBytes = header.keySalt() == null ? BLOCK_BYTES : HintSeal.SEALED_BLOCK_BYTES;
        block = ByteBuffer.allocate((int) Math.min(blockBytes, end));
        checksums = new int[(int) ((end - header.headerBytes() + blockBytes - 1) / blockBytes)];
        var about = segment.seal();
        if (about == null) {
            throw new IllegalArgumentException(segment.file() + " is not sealed");
        }
        header.expectAbout(about, segment.header().storeTag(), name);
        expectChecksum();
        check = new HintCheck(segment, about, header);
        seal = HintSeal.of(segment.header(), header.keySalt());
    }

    /** Opens the hints of a segment, null if the segment has to be read itself. */
    static @Nullable HintReader open(Files files, FoundSegment segment, SegmentFile records) {
        var name = HintHeader.fileName(segment.header().id());
        try {
            var footer = records.footer();
            if (footer == null) {
                return null;
            }
            return open(files.openForReading(name), name, segment, footer);
        } catch (IOException | DamagedFileException | NewerFormatException e) {
            var useless = new UselessHintsException(name, e);
            LogMessages.LOG.log(Level.DEBUG, useless.getMessage(), e);
            return null;
        }
    }

    private static HintReader open(ReadableFile file, String name, FoundSegment segment, LogRecord footer)
            throws IOException, DamagedFileException, NewerFormatException {
        boolean opened = false;
        try {
            var reader = new HintReader(file, name, segment, footer);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /**
     * Tells all changes of the segment in their order, some at a time, in a list that is used again. Once.
     *
     * @throws UselessHintsException if they cannot be the changes of the segment, or not be read again as they were a moment ago; then
     *     what was told counts for nothing
     */
    void forEach(Consumer<List<Hint>> taker) throws UselessHintsException {
        try {
            tell(taker);
        } catch (IOException | DamagedFileException e) {
            throw new UselessHintsException(name, e);
        }
    }

    private void tell(Consumer<List<Hint>> taker) throws IOException, DamagedFileException {
        var some = new ArrayList<Hint>(HINTS_AT_ONCE);
        for (int number = 0; number < checksums.length; number++) {
            readAgain(number);
            var hints = opened(number);
            for (int index = 0; index < hints.limit(); index += LogFormat.HINT_BYTES) {
                var hint = Hint.decode(hints, index, position(number) + index, name);
                check.add(hint, name);
                some.add(hint);
                if (some.size() == HINTS_AT_ONCE) {
                    taker.accept(some);
                    some.clear();
                }
            }
        }
        taker.accept(some);
        check.expectAll(SegmentSummary.of(footer), name);
    }

    LogRecord footer() {
        return footer;
    }

    long fileBytes() {
        return header.fileBytes();
    }

    private void expectChecksum() throws IOException, DamagedFileException {
        var whole = new CRC32C();
        for (int number = 0; number < checksums.length; number++) {
            readBlock(number);
            checksums[number] = blockChecksum();
            whole.update(block.array(), 0, block.limit());
        }
        var trailer = ByteBuffer.allocate(LogFormat.CHECKSUM_BYTES);
        SegmentFile.readFully(file, name, trailer, end);
        FileHead.expectHex(
                name,
                end,
                "checksum",
                ((int) whole.getValue() ^ headerChecksum) & 0xFFFF_FFFFL,
                LittleEndian.getUnsignedInt(trailer, 0));
    }

    private ByteBuffer opened(int number) throws DamagedFileException {
        var hints =
                seal == null ? block : seal.open(block.array(), block.limit(), number, number == checksums.length - 1);
        if (hints == null) {
            throw DamagedFileException.tampered(name, position(number));
        }
        return hints;
    }

    /** Nothing of a block is told before it is known to be what it was. */
    private void readAgain(int number) throws IOException, DamagedFileException {
        if (checksums.length > 1) { // else it is still there
            readBlock(number);
            FileHead.expectHex(
                    name,
                    position(number),
                    "checksum of a moment ago",
                    checksums[number] & 0xFFFF_FFFFL,
                    blockChecksum() & 0xFFFF_FFFFL);
        }
    }

    private void readBlock(int number) throws IOException {
        long start = position(number);
        block.clear().limit((int) Math.min(blockBytes, end - start));
        SegmentFile.readFully(file, name, block, start);
        block.rewind();
    }

    private long position(int number) {
        return header.headerBytes() + (long) number * blockBytes;
    }

    private int blockChecksum() {
        return Checksum.of(block, 0, block.limit());
    }

    @Override
    public void close() throws IOException {
        if (seal != null) {
            seal.close();
        }
        file.close();
    }
}
