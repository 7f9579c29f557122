package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with its write-ahead log and its defaults, and with what everybody sets who looks up single keys: a Bloom filter of 10 bits a
 * key and a block cache of 64 MB. No compression, since random values would only cost it time.
 */
final class RocksDbEngine implements Engine {
    private static final int BLOCK_CACHE_BYTES = 64 << 20;
    private static final int FILTER_BITS = 10;

    private final Options options;
    private final WriteOptions writing;
    private final RocksDB database;

    private RocksDbEngine(Options options, WriteOptions writing, RocksDB database) {
        this.options = options;
        this.writing = writing;
        this.database = database;
    }

    static Engine open(Path folder, Durability durability, Records records) {
        RocksDB.loadLibrary();
        var tables = new BlockBasedTableConfig()
                .setBlockCache(new LRUCache(BLOCK_CACHE_BYTES))
                .setFilterPolicy(new BloomFilter(FILTER_BITS));
        var options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(tables);
        try {
            var writing = new WriteOptions().setSync(durability == Durability.ALWAYS);
            return new RocksDbEngine(options, writing, RocksDB.open(options, folder.toString()));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        try {
            database.put(writing, key, value);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] get(byte[] key) {
        try {
            return database.get(key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void sync() {
        try {
            database.flushWal(true);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        writing.close();
        options.close();
    }
}
