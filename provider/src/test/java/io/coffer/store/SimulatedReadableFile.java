package io.coffer.store;

import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of {@link SimulatedFiles}, open for reading. */
final class SimulatedReadableFile implements ReadableFile {
    private final SimulatedFiles files;
    private final String name;
    private final SimulatedFile file;
    private volatile boolean closed;

    SimulatedReadableFile(SimulatedFiles files, String name, SimulatedFile file) {
        this.files = files;
        this.name = name;
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        requireOpen();
        return files.call(Call.READ, failure -> {
            if (position < 0) {
                throw new IllegalArgumentException("Position " + position + " is negative");
            }
            if (failure == null) {
                return file.live().read(target, position);
            }
            return switch (failure) {
                case FLIPPED_BIT -> flipped(target, position);
                case MISDIRECTED -> instead(target, position, file.live(), elsewhere(position));
                case STALE -> instead(target, position, file.durable(), position);
                default -> {
                    SimulatedFiles.fail(Failure.IO_ERROR, "read " + name + " at " + position);
                    yield 0;
                }
            };
        });
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return files.call(Call.SIZE, failure -> {
            SimulatedFiles.fail(failure, "ask for the size of " + name);
            return (long) file.live().size();
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private int flipped(ByteBuffer target, long position) {
        int start = target.position();
        int count = file.live().read(target, position);
        if (count > 0) {
            int bit = files.faults().random().nextInt(8 * count);
            int index = start + bit / 8;
            target.put(index, (byte) (target.get(index) ^ 1 << bit % 8));
        }
        return count;
    }

    /** As many bytes as there would be, but others; zeros where there are none. */
    private int instead(ByteBuffer target, long position, Content source, long sourcePosition) {
        int count = (int) Math.max(0, Math.min(target.remaining(), file.live().size() - position));
        var wanted = target.duplicate().limit(target.position() + count);
        int found = source.read(wanted, sourcePosition);
        wanted.put(new byte[count - found]);
        target.position(target.position() + count);
        return count;
    }

    /** A sector further on, or somewhere else in a file that is smaller; in a file of one byte there is only one place. */
    private long elsewhere(long position) {
        long size = Math.max(1, file.live().size());
        long distance = size > 512 ? 512 : Math.max(1, size / 2);
        return (position + distance) % size;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
    }
}
