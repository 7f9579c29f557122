package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * Chronicle Map in a file, made for as many entries as there are. The file is mapped: a put is a copy in memory, which the operating
 * system keeps when the process dies. After that it has to be opened with a recovery that looks at every entry.
 */
final class ChronicleEngine implements Engine {
    private final ChronicleMap<byte[], byte[]> map;

    private ChronicleEngine(ChronicleMap<byte[], byte[]> map) {
        this.map = map;
    }

    static Engine open(Path folder, Durability durability, Records records) {
        var builder = ChronicleMap.of(byte[].class, byte[].class)
                .name("entries")
                .entries(records.count())
                .constantKeySizeBySample(Records.key(0))
                .constantValueSizeBySample(records.value(0))
                .putReturnsNull(true);
        File file = folder.resolve("entries.map").toFile();
        try {
            return new ChronicleEngine(
                    file.exists() ? builder.recoverPersistedTo(file, true) : builder.createPersistedTo(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public byte[] get(byte[] key) {
        return map.get(key);
    }

    /** There is no such call. */
    @Override
    public void sync() {
        throw new UnsupportedOperationException("Chronicle Map leaves syncing to the operating system");
    }

    @Override
    public void close() {
        map.close();
    }
}
