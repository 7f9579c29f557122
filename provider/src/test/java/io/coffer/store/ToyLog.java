package io.coffer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The smallest store that survives a power failure, and some that do not: a log of records (length, checksum, text) behind a
 * base, which is a log of all entries that was moved into its place. It shows what {@link CrashEnumeration} sees.
 */
final class ToyLog {
    /** What a store can forget. */
    enum Flaw {
        NONE,
        NO_SYNC_BEFORE_ACKNOWLEDGING,
        NO_DIRECTORY_SYNC_AFTER_CREATE,
        RENAMES_WITHOUT_SYNC,
        NO_CHECKSUM,
        KEEPS_RECORDS_AFTER_A_TORN_ONE,
        RECOVERS_BY_REWRITING,
        KEEPS_RECORDS_IN_THE_PROCESS,
        SYNCS_AGAIN_AFTER_A_FAILURE,
        GOES_ON_BEHIND_A_FAILED_WRITE
    }

    private static final int HEADER = 8;

    private final Files files;
    private final Flaw flaw;
    private final Map<String, String> entries = new TreeMap<>();
    private final List<String> held = new ArrayList<>();
    private int generation;
    private WritableFile log;
    private int end;

    /** After a failed sync nobody knows what is on disk, after a failed checkpoint which log counts. */
    private boolean readOnly;

    private ToyLog(Files files, Flaw flaw) {
        this.files = files;
        this.flaw = flaw;
    }

    static ToyLog open(Files files, Flaw flaw) throws IOException {
        var store = new ToyLog(files, flaw);
        store.recover();
        return store;
    }

    Map<String, String> entries() {
        return Map.copyOf(entries);
    }

    void put(String key, String value) throws IOException {
        append(key + "=" + value);
        entries.put(key, value);
    }

    void remove(String key) throws IOException {
        append(key);
        entries.remove(key);
    }

    void sync() throws IOException {
        for (var text : held) {
            end = write(log, end, text);
        }
        held.clear();
        if (flaw == Flaw.NO_SYNC_BEFORE_ACKNOWLEDGING) {
            return;
        }
        requireWritable();
        readOnly = flaw != Flaw.SYNCS_AGAIN_AFTER_A_FAILURE;
        log.sync();
        readOnly = false;
    }

    /** Writes all entries to a new base, and begins a new log. The old one is deleted when nobody needs it any more. */
    void checkpoint() throws IOException {
        requireWritable();
        readOnly = true;
        var old = "log-" + generation;
        try (var base = files.create("base.tmp")) {
            int position = write(base, 0, "generation=" + (generation + 1));
            for (var entry : entries.entrySet()) {
                position = write(base, position, entry.getKey() + "=" + entry.getValue());
            }
            if (flaw != Flaw.RENAMES_WITHOUT_SYNC) {
                base.sync();
            }
        }
        held.clear();
        generation++;
        begin();
        files.rename("base.tmp", "base");
        files.syncDirectory();
        files.delete(old);
        readOnly = false;
    }

    private void begin() throws IOException {
        log = files.create("log-" + generation);
        end = 0;
        if (flaw != Flaw.NO_DIRECTORY_SYNC_AFTER_CREATE) {
            files.syncDirectory();
        }
    }

    private void append(String text) throws IOException {
        if (flaw == Flaw.KEEPS_RECORDS_IN_THE_PROCESS) {
            held.add(text);
            return;
        }
        requireWritable();
        int start = end;
        if (flaw == Flaw.GOES_ON_BEHIND_A_FAILED_WRITE) {
            end += HEADER + text.length();
        }
        end = write(log, start, text);
    }

    private void requireWritable() throws IOException {
        if (readOnly) {
            throw new IOException("Read-only since a sync or a checkpoint has failed");
        }
    }

    private static int write(WritableFile file, int position, String text) throws IOException {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var record = ByteBuffer.allocate(HEADER + payload.length);
        record.putInt(payload.length).putInt(checksum(payload)).put(payload);
        file.write(position, record.array(), 0, record.capacity());
        return position + record.capacity();
    }

    private void recover() throws IOException {
        var names = files.list();
        if (names.contains("base")) {
            var base = read("base");
            if (scan(base) < base.length) {
                throw new IOException("The base is damaged");
            }
            var number = entries.remove("generation");
            if (number == null) {
                throw new IOException("The base has no generation");
            }
            generation = Integer.parseInt(number);
        }
        for (var name : names) {
            if (!name.equals("base") && !name.equals("log-" + generation)) {
                files.delete(name);
            }
        }
        if (!names.contains("log-" + generation)) {
            begin();
            return;
        }
        var bytes = read("log-" + generation);
        end = scan(bytes);
        if (end < bytes.length && flaw == Flaw.RECOVERS_BY_REWRITING) {
            rewrite(bytes);
            return;
        }
        log = files.openForWriting("log-" + generation);
        if (end < bytes.length) {
            log.truncate(end);
            log.sync();
        }
    }

    private void rewrite(byte[] bytes) throws IOException {
        int good = end;
        files.delete("log-" + generation);
        begin();
        log.write(0, bytes, 0, good);
        log.sync();
        end = good;
    }

    private byte[] read(String name) throws IOException {
        try (var file = files.openForReading(name)) {
            var bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            return bytes.array();
        }
    }

    /** Applies records up to the first that is not whole, and returns where that begins. A page of zeros is no record. */
    private int scan(byte[] bytes) {
        var left = ByteBuffer.wrap(bytes);
        int good = 0;
        while (left.remaining() > HEADER) {
            int length = left.getInt();
            int checksum = left.getInt();
            if (length <= 0 || length > left.remaining()) {
                return good;
            }
            var payload = new byte[length];
            left.get(payload);
            if (flaw == Flaw.NO_CHECKSUM || checksum == checksum(payload)) {
                apply(new String(payload, StandardCharsets.UTF_8));
            } else if (flaw != Flaw.KEEPS_RECORDS_AFTER_A_TORN_ONE) {
                return good;
            }
            good = left.position();
        }
        return good;
    }

    private void apply(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            entries.remove(text);
        } else {
            entries.put(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
