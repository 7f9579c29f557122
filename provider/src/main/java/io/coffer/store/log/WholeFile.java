package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Small files that are read and replaced as a whole. No state. */
final class WholeFile {
    /** A file of such a name is half written. Opening deletes it. */
    static final String UNFINISHED = ".tmp";

    private WholeFile() {}

    /**
     * Gives a file new bytes: after a crash at any moment it has the old ones or the new ones, and the new ones if this has returned.
     * Bytes of other files that were synced before, and their names, are on disk then as well. If it fails, either may be there after
     * a restart.
     */
    static void replace(Files files, String name, byte[] bytes) throws IOException {
        replaceUnsynced(files, name, bytes);
        files.syncDirectory();
    }

    /** Likewise, but it is for the caller to sync the directory: until then a power failure may bring the old bytes back. */
    static void replaceUnsynced(Files files, String name, byte[] bytes) throws IOException {
        var unfinished = name + UNFINISHED;
        files.delete(unfinished);
        try (var file = files.create(unfinished)) {
            file.write(0, bytes, 0, bytes.length);
            file.sync();
        }
        files.rename(unfinished, name);
    }

    /** Returns the bytes of a file, or only the first of them if there are more than expected. */
    static byte[] read(Files files, String name, int bytesMax) throws IOException {
        try (var file = files.openForReading(name)) {
            var bytes = new byte[(int) Math.min(bytesMax, file.size())];
            int read = file.read(ByteBuffer.wrap(bytes), 0);
            if (read < bytes.length) {
                throw new IOException(
                        name + " became shorter while it was read: expected " + bytes.length + " bytes, found " + read);
            }
            return bytes;
        }
    }
}
