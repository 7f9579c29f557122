package io.coffer.store.log;

import io.coffer.store.WritableFile;
import java.io.IOException;

/** A file that remembers whether a sync has failed. */
final class SyncWatch implements WritableFile {
    private final WritableFile file;
    private boolean failed;

    SyncWatch(WritableFile file) {
        this.file = file;
    }

    boolean hasFailed() {
        return failed;
    }

    @Override
    public void write(long position, byte[] bytes, int offset, int length) throws IOException {
        file.write(position, bytes, offset, length);
    }

    @Override
    public void reserve(long size) throws IOException {
        file.reserve(size);
    }

    @Override
    public void sync() throws IOException {
        failed = true;
        file.sync();
        failed = false;
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
