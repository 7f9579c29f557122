package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the operating system takes for the same bytes: one {@code pwrite} a put, one {@code pread} a get, one {@code fdatasync}
 * where a put has to be safe. No checksum, no index but an array of offsets, nothing that could recover. Opening reads the whole file.
 */
final class BareEngine implements Engine {
    private static final int MANY = 4_096;

    private final FileChannel channel;
    private final boolean syncsEachPut;
    private final int recordBytes;
    private final long[] offsets;
    private final AtomicLong end;
    private final ThreadLocal<ByteBuffer> buffers;

    private BareEngine(FileChannel channel, boolean syncsEachPut, Records records) throws IOException {
        this.channel = channel;
        this.syncsEachPut = syncsEachPut;
        this.recordBytes = Records.KEY_BYTES + records.value(0).length;
        this.offsets = new long[records.count()];
        this.end = new AtomicLong(channel.size() / recordBytes * recordBytes);
        this.buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(recordBytes));
        readOffsets();
    }

    static Engine open(Path folder, Durability durability, Records records) {
        try {
            var channel = FileChannel.open(
                    folder.resolve("records"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            return new BareEngine(channel, durability == Durability.ALWAYS, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        ByteBuffer record = buffers.get().clear().put(key).put(value).flip();
        long offset = end.getAndAdd(recordBytes);
        try {
            channel.write(record, offset);
            offsets[Records.ordinal(key)] = offset;
            if (syncsEachPut) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] get(byte[] key) {
        ByteBuffer record = buffers.get().clear();
        try {
            channel.read(record, offsets[Records.ordinal(key)]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var value = new byte[recordBytes - Records.KEY_BYTES];
        record.flip().position(Records.KEY_BYTES).get(value);
        return value;
    }

    @Override
    public void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readOffsets() throws IOException {
        ByteBuffer many = ByteBuffer.allocateDirect(MANY * recordBytes);
        var key = new byte[Records.KEY_BYTES];
        long offset = 0;
        while (offset < end.get()) {
            channel.read(many.clear(), offset);
            many.flip();
            for (int at = 0; at + recordBytes <= many.limit(); at += recordBytes) {
                many.get(at, key);
                offsets[Records.ordinal(key)] = offset + at;
            }
            offset += many.limit() / recordBytes * recordBytes;
        }
    }
}
