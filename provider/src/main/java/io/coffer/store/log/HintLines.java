package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The hints of a segment, gathered while its records are written or read, and the file that they go to. That has no header before all is in
 * it, and until then is nothing. Nothing is synced, since a file that a crash has left torn is told from a whole one. One thread at a
 * time.
 */
final class HintLines implements Closeable {
    private static final int BYTES_MIN = 1 << 10;
    private static final int BLOCK_BYTES = HintSeal.BLOCK_BYTES;

    private final Files files;
    private final SegmentHeader header;
    private final String name;
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer lines = ByteBuffer.allocate(BYTES_MIN);
    /** How many bytes of the lines are not in the file yet. */
    private int used;

    private int hints;
    /** Records that are no changes. */
    private int others;

    private int blocks;
    /** Where the file ends; nothing was written before it was begun. */
    private long end;

    private @Nullable WritableFile file;
    /** Null before something is written, and if the segment is in the clear. */
    private @Nullable HintSeal seal;

    HintLines(Files files, SegmentHeader header) {
        this.files = files;
        this.header = header;
        name = HintHeader.fileName(header.id());
    }

    /** Adds what the next record says. */
    void add(Hint hint) {
        if (used + LogFormat.HINT_BYTES > lines.capacity()) {
            lines = ByteBuffer.allocate(2 * lines.capacity()).put(0, lines, 0, used);
        }
        hint.encode(lines, used);
        used += LogFormat.HINT_BYTES;
        hints++;
    }

    /** Counts the next record, which is no change. */
    void addOther() {
        others++;
    }

    /** Whether there is so much that it can be {@link #flush flushed}. The last block is known only at the end. */
    boolean isDue() {
        return used > BLOCK_BYTES;
    }

    /** Writes blocks that are full; if this throws, the file is to be {@link #discard discarded}. */
    void flush() throws IOException {
        int from = 0;
        for (; used - from > BLOCK_BYTES; from += BLOCK_BYTES) {
            write(from, BLOCK_BYTES, false);
        }
        lines.put(0, lines, from, used - from);
        used -= from;
    }

    private void write(int from, int length, boolean isLast) throws IOException {
        var target = begun();
        if (seal == null) {
            append(target, lines.array(), from, length);
        } else {
            append(
                    target,
                    seal.seal(lines.array(), from, length, blocks, isLast),
                    0,
                    length + HintSeal.SEALED_BLOCK_BYTES - BLOCK_BYTES);
        }
        blocks++;
    }

    private WritableFile begun() throws IOException {
        var begun = file == null ? files.create(name) : file;
        if (file == null) {
            file = begun;
            seal = HintSeal.begin(header);
            end = HintHeader.headerBytes(header.suite());
        }
        return begun;
    }

    private void append(WritableFile target, byte[] bytes, int from, int length) throws IOException {
        checksum.update(bytes, from, length);
        target.write(end, bytes, from, length);
        end += length;
    }

    /**
     * Writes what is left, and the header. If this returns false or throws, the file is to be {@link #discard discarded}.
     *
     * @return false if it has not as many records as were sealed
     */
    boolean finish(ManifestLine sealed) throws IOException {
        if (hints + others != sealed.records()) {
            return false;
        }
        flush();
        if (used > 0) {
            write(0, used, true);
        }
        var target = begun();
        var head = HintHeader.of(sealed, header.storeTag(), hints, others, seal == null ? null : seal.salt())
                .encode();
        var trailer = ByteBuffer.allocate(LogFormat.CHECKSUM_BYTES);
        LittleEndian.putInt(trailer, 0, (int) checksum.getValue() ^ FileHead.checksum(ByteBuffer.wrap(head)));
        target.write(end, trailer.array(), 0, LogFormat.CHECKSUM_BYTES);
        end += LogFormat.CHECKSUM_BYTES;
        target.write(0, head, 0, head.length);
        return true;
    }

    /** Returns how long the file is, 0 if it was not begun. */
    long fileBytes() {
        return end;
    }

    /** Returns how long it will be at the end if nothing is added any more. */
    long finishedBytes() {
        return HintHeader.fileBytes(hints, header.suite());
    }

    /** Closes the file and deletes it. */
    void discard(Leftovers leftovers) {
        boolean isBegun = file != null;
        close();
        if (isBegun) {
            leftovers.discard(name);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            Leftovers.close(file, name);
            file = null;
        }
        if (seal != null) {
            seal.close();
            seal = null;
        }
    }
}
