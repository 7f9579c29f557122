package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.Arrays;

/**
 * Ballast: some room on the disk that is kept in order to be given up. When the disk is full, removals are still written, so that
 * nothing comes back that should not. Guarded by the append lock.
 */
final class Reserve {
    static final String NAME = "RESERVE";

    private static final int BYTES_MAX = 256 << 10;
    private static final int PART_OF_SEGMENT = 4;
    /** Not zeros, which a file system may leave out. */
    private static final byte FILLER = 0x5A;

    private final Files files;
    private final int bytes;
    private boolean there;

    Reserve(Files files, int segmentBytesMin) {
        this.files = files;
        this.bytes = Math.min(BYTES_MAX, segmentBytesMin / PART_OF_SEGMENT);
    }

    /** Makes it if it is not there. Returns false if the disk has no room for it. */
    boolean restore() {
        if (there) {
            return true;
        }
        try {
            if (!isOnDisk()) {
                make();
            }
            there = true;
        } catch (IOException e) {
            LogMessages.LOG.log(System.Logger.Level.DEBUG, "There is no room for a reserve", e);
        }
        return there;
    }

    private boolean isOnDisk() throws IOException {
        if (!files.list().contains(NAME)) {
            return false;
        }
        try (var file = files.openForReading(NAME)) {
            return file.size() >= bytes;
        }
    }

    private void make() throws IOException {
        files.delete(NAME);
        var filler = new byte[bytes];
        Arrays.fill(filler, FILLER);
        boolean made = false;
        try (var file = files.create(NAME)) {
            file.write(0, filler, 0, bytes);
            made = true;
        } finally {
            if (!made) {
                files.delete(NAME);
            }
        }
    }

    /** Gives the room up. */
    void release() {
        if (!there) {
            return;
        }
        try {
            files.delete(NAME);
            there = false;
        } catch (IOException e) {
            LogMessages.LOG.log(System.Logger.Level.DEBUG, "The reserve cannot be deleted", e);
        }
    }

    /** How large it is when it is there. */
    long bytesMax() {
        return bytes;
    }

    long bytes() {
        return there ? bytes : 0;
    }
}
