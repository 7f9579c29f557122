package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps bytes that do not count any more, for whoever wants to look at them: under names that end in {@code .aside}, which no store
 * reads. Only so many are kept: those of this opening first, then those with the greatest names, which means the youngest segments. One
 * thread, for one opening.
 */
final class SetAside {
    static final int FILES_MAX = 16;
    /** Room for the largest segment. */
    static final long BYTES_MAX = LogFormat.SEGMENT_BYTES_MAX;

    private static final String SUFFIX = ".aside";
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{12}\\.seg(\\.[0-9a-f]+)?\\.aside");
    /** Of what is cut off a file, more is not kept. */
    private static final int CUT_BYTES_MAX = 1 << 20;

    private final Files files;
    private final LogMessages messages;
    private final long bytesMax;
    private final List<String> made = new ArrayList<>();

    /** @param bytesMax how much is kept, {@link #BYTES_MAX} at most; less where the disk has a bound */
    SetAside(Files files, LogMessages messages, long bytesMax) {
        this.files = files;
        this.messages = messages;
        this.bytesMax = bytesMax;
    }

    /** Sets a whole file aside. Afterwards no file has its name; the directory is not synced. */
    void file(String name) throws IOException {
        var taken = files.list();
        var aside = name + SUFFIX;
        for (int i = 2; taken.contains(aside); i++) {
            aside = name + "." + i + SUFFIX;
        }
        files.rename(name, aside);
        made.add(aside);
    }

    /** Keeps what lies in a file from an offset on, without the zeros at its end. When this returns, it survives a power failure. */
    void tail(String name, long offset, long size) throws IOException {
        int length = (int) Math.min(Math.min(CUT_BYTES_MAX, bytesMax), size - offset);
        if (length <= 0) {
            return;
        }
        var bytes = new byte[length];
        try (var file = files.openForReading(name)) {
            SegmentFile.readFully(file, name, ByteBuffer.wrap(bytes), offset);
        }
        int left = Zeros.trimmed(ByteBuffer.wrap(bytes), 0, length);
        if (left > 0) {
            // The same cut, made again after a crash, replaces the file: it has the same bytes.
            var aside = name + "." + Long.toHexString(offset) + SUFFIX;
            WholeFile.replace(files, aside, Arrays.copyOf(bytes, left));
            made.add(aside);
        }
    }

    /** Deletes the oldest beyond what is kept, and tells once what was set aside in this opening. */
    void finish() throws IOException {
        long madeBytes = 0;
        for (var name : made) {
            madeBytes += size(name);
        }
        int count = 0;
        long bytes = 0;
        for (var name : newestFirst()) {
            count++;
            bytes += size(name);
            if (count > FILES_MAX || bytes > bytesMax) {
                files.delete(name);
            }
        }
        if (!made.isEmpty()) {
            messages.warn(
                    "what does not count any more was set aside in the folder of the store, under names that end in "
                            + SUFFIX + ". Files: " + made.size() + ", the first is " + made.get(0) + ". Bytes: "
                            + madeBytes + ". At most " + FILES_MAX + " such files with " + bytesMax
                            + " bytes are kept",
                    null);
        }
    }

    private List<String> newestFirst() throws IOException {
        var names = new ArrayList<>(files.list());
        names.removeIf(name -> !OURS.matcher(name).matches());
        names.sort(Comparator.<String>comparingInt(name -> made.contains(name) ? 0 : 1)
                .thenComparing(Comparator.reverseOrder()));
        return names;
    }

    private long size(String name) throws IOException {
        try (var file = files.openForReading(name)) {
            return file.size();
        }
    }
}
