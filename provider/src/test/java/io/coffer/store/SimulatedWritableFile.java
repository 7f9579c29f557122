package io.coffer.store;

import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import java.io.IOException;
import java.util.Arrays;

/** A file of {@link SimulatedFiles}, open for writing. */
final class SimulatedWritableFile implements WritableFile {
    private final SimulatedFiles files;
    private final String name;
    private final SimulatedFile file;
    private volatile boolean closed;

    SimulatedWritableFile(SimulatedFiles files, String name, SimulatedFile file) {
        this.files = files;
        this.name = name;
        this.file = file;
    }

    @Override
    public void reserve(long size) throws IOException {
        requireOpen();
        files.change(Call.RESERVE, name + " up to " + size, failure -> {
            SimulatedFiles.fail(failure, "reserve " + size + " bytes in " + name);
            int from = file.live().size();
            int growth = (int) Math.max(0, size - from);
            int missing = (int) Math.max(0, growth - files.room());
            put(from, new byte[growth - missing], 0, growth - missing);
            if (missing > 0) {
                throw new DiskFullException(
                        "Cannot reserve " + size + " bytes in " + name + ": " + missing + " too many");
            }
            return null;
        });
    }

    @Override
    public void write(long position, byte[] bytes, int offset, int length) throws IOException {
        requireOpen();
        if (position < 0) {
            throw new IOException("Position " + position + " is negative");
        }
        int at = Math.toIntExact(position);
        files.change(Call.WRITE, name + " " + position + "+" + length, failure -> {
            if (failure == Failure.NO_SPACE || failure == Failure.SHORT_WRITE) {
                put(at, bytes, offset, length / 2);
            }
            SimulatedFiles.fail(failure, "write " + length + " bytes to " + name + " at " + position);
            long growth = Math.max(0L, position + length - file.live().size());
            long missing = growth - files.room();
            if (missing > 0) {
                put(at, bytes, offset, (int) Math.max(0, length - missing));
                throw new DiskFullException(
                        "Cannot write " + length + " bytes to " + name + ": " + missing + " too many");
            }
            put(at, bytes, offset, length);
            return null;
        });
    }

    @Override
    public void sync() throws IOException {
        requireOpen();
        files.change(Call.SYNC, name, failure -> {
            if (failure == Failure.SYNC_LOSES) {
                files.forget(file);
            }
            SimulatedFiles.fail(failure, "sync " + name);
            files.sync(file);
            return null;
        });
    }

    @Override
    public void truncate(long size) throws IOException {
        requireOpen();
        files.change(Call.TRUNCATE, name + " to " + size, failure -> {
            SimulatedFiles.fail(failure, "truncate " + name);
            if (size < file.live().size()) {
                file.live().truncate((int) size);
                files.pend(new Pending.Cut(file, (int) size));
            }
            return null;
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private void put(int position, byte[] bytes, int offset, int length) {
        if (length > 0) {
            var copy = Arrays.copyOfRange(bytes, offset, offset + length);
            file.live().write(position, copy, 0, length);
            files.pend(new Pending.Write(file, position, copy));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
    }
}
