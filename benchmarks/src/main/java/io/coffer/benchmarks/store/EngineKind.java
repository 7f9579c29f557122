package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whom a row is measured on. */
public enum EngineKind {
    COFFER("Coffer", CofferEngine::open, Set.of(Durability.values())),
    COFFER_ENCRYPTED("Coffer encrypted", CofferEngine::openEncrypted, Set.of(Durability.values())),
    /** With all that a JCache cache does above its store. */
    JCACHE("Coffer by JCache", JCacheEngine::open, Set.of(Durability.values())),
    ROCKSDB("RocksDB", RocksDbEngine::open, Set.of(Durability.values())),
    LMDB("LMDB", LmdbEngine::open, Set.of(Durability.values())),
    MVSTORE("MVStore", MvStoreEngine::open, Set.of(Durability.values())),
    MVSTORE_ENCRYPTED("MVStore encrypted", MvStoreEngine::openEncrypted, Set.of(Durability.values())),
    SQLITE("SQLite", SqliteEngine::open, Set.of(Durability.values())),
    XODUS("Xodus", XodusEngine::open, Set.of(Durability.values())),
    XODUS_ENCRYPTED("Xodus encrypted", XodusEngine::openEncrypted, Set.of(Durability.values())),
    /** It knows no sync of one entry. */
    EHCACHE("Ehcache", EhcacheEngine::open, Set.of(Durability.NONE)),
    /** Neither does it. */
    CHRONICLE("Chronicle Map", ChronicleEngine::open, Set.of(Durability.NONE)),
    /** Bare system calls on one file, with the offsets in an array: what nobody is faster than. */
    BARE("bare calls", BareEngine::open, Set.of(Durability.values())),
    /** The cipher alone: what nobody who encrypts each entry for itself with it is faster than. There is nothing to sync. */
    SEAL("bare AES-GCM", SealEngine::open, Set.of(Durability.NONE, Durability.INTERVAL));

    /** How an engine is made. */
    @FunctionalInterface
    interface Opening {
        /** Opens what is in the folder, which exists, or begins anew. */
        Engine open(Path folder, Durability durability, Records records);
    }

    private final String title;
    private final Opening opening;
    private final Set<Durability> durabilities;

    EngineKind(String title, Opening opening, Set<Durability> durabilities) {
        this.title = title;
        this.opening = opening;
        this.durabilities = durabilities;
    }

    /** Those of the table if nobody says otherwise. */
    static List<EngineKind> published() {
        return List.of(COFFER, JCACHE, ROCKSDB, LMDB, BARE);
    }

    String title() {
        return title;
    }

    /** The word for the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether Coffer wants to be compared with it as with its like. */
    boolean isPeer() {
        return !isCoffer() && this != BARE && this != SEAL;
    }

    boolean isCoffer() {
        return this == COFFER || this == COFFER_ENCRYPTED || this == JCACHE;
    }

    /** Whether it is to be compared with {@link #COFFER_ENCRYPTED} instead of {@link #COFFER}. */
    boolean isEncrypted() {
        return this == SEAL || inTheClear() != this;
    }

    /** The same store without encryption; the engine itself if there is none. */
    EngineKind inTheClear() {
        return switch (this) {
            case COFFER_ENCRYPTED -> COFFER;
            case MVSTORE_ENCRYPTED -> MVSTORE;
            case XODUS_ENCRYPTED -> XODUS;
            case COFFER, JCACHE, ROCKSDB, LMDB, MVSTORE, SQLITE, XODUS, EHCACHE, CHRONICLE, BARE, SEAL -> this;
        };
    }

    /** Whether what is put ends up on disk. */
    boolean isStore() {
        return this != SEAL;
    }

    boolean supports(Durability durability) {
        return durabilities.contains(durability);
    }

    /** Opens what is in the folder, which exists, or begins anew; an engine that does not sync once a second by itself is made to. */
    Engine open(Path folder, Durability durability, Records records) {
        Engine engine = opening.open(folder, durability, records);
        return durability == Durability.INTERVAL && !isCoffer() ? new SyncedEngine(engine) : engine;
    }
}
