package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Files that count no more: deleted now, or later if the disk does not want to. Safe for use by several threads. */
final class Leftovers {
    private final Files files;
    private final Queue<String> names = new ConcurrentLinkedQueue<>();

    Leftovers(Files files) {
        this.files = files;
    }

    /** Closes and deletes a segment that nobody is told of any more. */
    void discard(Segment segment) {
        segment.reader.close();
        segment.loseHints(this);
        var file = segment.writer;
        segment.writer = null;
        if (file != null) {
            discard(file, segment.name);
        }
    }

    /** Whether all were deleted. */
    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Closes a file and deletes it. */
    void discard(WritableFile file, String name) {
        close(file, name);
        discard(name);
    }

    /** Deletes a file. */
    void discard(String name) {
        try {
            files.delete(name);
        } catch (IOException e) {
            LogMessages.LOG.log(Level.DEBUG, "A file that is not needed could not be deleted; it is tried again", e);
            names.add(name);
        }
    }

    /** Tries again what could not be deleted. */
    void retry() {
        for (int i = names.size(); i > 0; i--) {
            var name = names.poll();
            if (name != null) {
                discard(name);
            }
        }
    }

    /** Closes a file whose bytes are not wanted or were synced. */
    static void close(WritableFile file, String name) {
        try {
            file.close();
        } catch (IOException e) {
            LogMessages.LOG.log(Level.WARNING, "A file could not be closed: " + name, e);
        }
    }
}
