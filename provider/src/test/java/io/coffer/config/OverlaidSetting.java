package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.EncryptionConfiguration.Memory;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.StoreConfiguration.OnUndecodable;
import io.coffer.codec.BytesCodec;
import io.coffer.codec.JavaCodec;
import io.coffer.codec.StringCodec;
import io.coffer.crypto.KeyFile;
import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.Storage;
import io.coffer.testing.MemoryAnchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;

/**
 * A setting as a file has it, and as the caller of createCache may have it.
 *
 * @param name of the setting
 * @param value as JSON
 * @param needed what else must be said, so that it makes sense
 * @param getter shows it in a configuration
 * @param ofFile what the getter shows of the file's value
 * @param caller makes the setting in code, in another way
 * @param ofCaller what the getter shows then
 */
record OverlaidSetting(
        String name,
        String value,
        String needed,
        Function<CofferConfiguration<Object, Object>, Object> getter,
        Object ofFile,
        Consumer<CofferConfiguration<Object, Object>> caller,
        Object ofCaller) {

    static final String FACTORY = "\"io.coffer.config.AllRoles$FitFactory\"";
    private static final Factory<MemoryAnchor> ANCHOR = FactoryBuilder.factoryOf(MemoryAnchor.class);
    private static final String ENCRYPTED = "\"store\": \"encrypted\"";
    private static final String KEY_FILE = keyFile("key");
    private static final String OTHER_KEY_FILE = keyFile("other");
    private static final String OF_FILE = "{ \"file\": \"" + KEY_FILE + "\" }";
    private static final String READ_THROUGH = "\"readThrough\": true, \"loader\": " + FACTORY;
    private static final javax.cache.expiry.Duration TEN_MINUTES =
            new javax.cache.expiry.Duration(TimeUnit.MINUTES, 10);
    private static final AllRoles OF_CALLER = new AllRoles.Fit();
    private static final Factory<Storage> OF_CALLER_STORES = () -> OF_CALLER;

    static List<OverlaidSetting> all() {
        return List.of(
                of(
                        "keyType",
                        "\"java.lang.String\"",
                        c -> c.getKeyType(),
                        String.class,
                        c -> c.setTypes(cast(Integer.class), Object.class),
                        Integer.class),
                of(
                        "valueType",
                        "\"byte[]\"",
                        c -> c.getValueType(),
                        byte[].class,
                        c -> c.setTypes(Object.class, cast(Integer.class)),
                        Integer.class),
                of("storeByValue", "false", c -> c.isStoreByValue(), false, c -> c.setStoreByValue(false), false),
                of(
                        "keyCodec",
                        "\"string\"",
                        c -> c.getKeyCodec().getClass(),
                        StringCodec.class,
                        c -> c.setKeyCodec(new JavaCodec<>()),
                        JavaCodec.class),
                of(
                        "codec",
                        "\"bytes\"",
                        c -> c.getCodec().getClass(),
                        BytesCodec.class,
                        c -> c.setCodec(new JavaCodec<>()),
                        JavaCodec.class),
                of("maxEntries", "5", c -> c.getMaxEntries(), 5L, c -> c.setMaxEntries(6), 6L),
                of("maxBytes", "\"1MB\"", c -> c.getMaxBytes(), 1L << 20, c -> c.setMaxBytes(6), 6L),
                of(
                                "weigher",
                                "\"io.coffer.config.AllRoles$Fit\"",
                                c -> isOfCaller(c.getWeigher()),
                                false,
                                c -> c.setWeigher(OF_CALLER),
                                true)
                        .with("\"maxBytes\": 1"),
                of(
                        "expiry",
                        "{ \"created\": \"10m\" }",
                        c -> c.getExpiryPolicyFactory(),
                        CreatedExpiryPolicy.factoryOf(TEN_MINUTES),
                        c -> c.setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(TEN_MINUTES)),
                        AccessedExpiryPolicy.factoryOf(TEN_MINUTES)),
                of(
                        "loader",
                        FACTORY,
                        c -> isOfCaller(c.getCacheLoaderFactory().create()),
                        false,
                        c -> c.setCacheLoaderFactory(() -> OF_CALLER),
                        true),
                of(
                        "writer",
                        FACTORY,
                        c -> isOfCaller(c.getCacheWriterFactory().create()),
                        false,
                        c -> c.setCacheWriterFactory(() -> OF_CALLER),
                        true),
                of(
                        "listeners",
                        "[" + FACTORY + ", " + FACTORY + "]",
                        OverlaidSetting::listenersOf,
                        2,
                        c -> c.addCacheEntryListenerConfiguration(
                                new MutableCacheEntryListenerConfiguration<>(() -> OF_CALLER, null, false, false)),
                        1),
                of("readThrough", "true", c -> c.isReadThrough(), true, c -> c.setReadThrough(true), true)
                        .with("\"loader\": " + FACTORY),
                of("writeThrough", "true", c -> c.isWriteThrough(), true, c -> c.setWriteThrough(true), true)
                        .with("\"writer\": " + FACTORY),
                of(
                                "refreshAhead",
                                "\"5s\"",
                                c -> c.getRefreshAhead(),
                                Duration.ofSeconds(5),
                                c -> c.setRefreshAhead(Duration.ofSeconds(6)),
                                Duration.ofSeconds(6))
                        .with(READ_THROUGH),
                of(
                                "staleIfError",
                                "\"1h\"",
                                c -> c.getStaleIfError(),
                                Duration.ofHours(1),
                                c -> c.setStaleIfError(Duration.ofHours(2)),
                                Duration.ofHours(2))
                        .with(READ_THROUGH),
                of(
                                "negativeCaching",
                                "\"PT1M\"",
                                c -> c.getNegativeCaching(),
                                Duration.ofMinutes(1),
                                c -> c.setNegativeCaching(Duration.ofMinutes(2)),
                                Duration.ofMinutes(2))
                        .with(READ_THROUGH),
                of(
                        "store",
                        "\"log\"",
                        c -> c.getStore().getStorage() == null,
                        true,
                        c -> c.setStore(StoreConfiguration.of(OF_CALLER_STORES)),
                        false),
                of(
                                "durability",
                                "\"always\"",
                                c -> c.getStore().getDurability(),
                                Durability.ALWAYS,
                                c -> c.setStore(StoreConfiguration.log().setDurability(Durability.NONE)),
                                Durability.NONE)
                        .with("\"store\": \"log\""),
                of(
                                "syncInterval",
                                "\"5s\"",
                                c -> c.getStore().getSyncInterval(),
                                Duration.ofSeconds(5),
                                c -> c.setStore(StoreConfiguration.log().setSyncInterval(Duration.ofSeconds(6))),
                                Duration.ofSeconds(6))
                        .with("\"store\": \"log\""),
                of(
                                "strict",
                                "true",
                                c -> c.getStore().isStrict(),
                                true,
                                c -> c.setStore(StoreConfiguration.log().setStrict(true)),
                                true)
                        .with("\"store\": \"log\""),
                of(
                                "onLocked",
                                "\"memory\"",
                                c -> c.getStore().getOnLocked(),
                                OnLocked.MEMORY,
                                c -> c.setStore(StoreConfiguration.log().setOnLocked(OnLocked.MEMORY)),
                                OnLocked.MEMORY)
                        .with("\"store\": \"log\""),
                of(
                                "recovery",
                                "\"strict\"",
                                c -> c.getStore().getRecovery(),
                                Recovery.STRICT,
                                c -> c.setStore(StoreConfiguration.log().setRecovery(Recovery.SALVAGE)),
                                Recovery.SALVAGE)
                        .with("\"store\": \"log\""),
                of(
                                "onUndecodable",
                                "\"throw\"",
                                c -> c.getStore().getOnUndecodable(),
                                OnUndecodable.THROW,
                                c -> c.setStore(StoreConfiguration.log().setOnUndecodable(OnUndecodable.THROW)),
                                OnUndecodable.THROW)
                        .with("\"store\": \"log\""),
                of(
                                "allow",
                                "[\"com.acme.**\", \"org.acme.*, org.Acme\"]",
                                c -> c.getStore().getAllow(),
                                List.of("com.acme.**", "org.acme.*", "org.Acme"),
                                c -> c.setStore(StoreConfiguration.log().setAllow("net.acme.*")),
                                List.of("net.acme.*"))
                        .with("\"store\": \"log\""),
                of(
                                "maxRecordBytes",
                                "\"1MB\"",
                                c -> c.getStore().getMaxRecordBytes(),
                                1 << 20,
                                c -> c.setStore(StoreConfiguration.log().setMaxRecordBytes(6)),
                                6)
                        .with("\"store\": \"log\""),
                of(
                                "maxDiskBytes",
                                "\"64MB\"",
                                c -> c.getStore().getMaxDiskBytes(),
                                64L << 20,
                                c -> c.setStore(StoreConfiguration.log().setMaxDiskBytes(32 << 20)),
                                32L << 20)
                        .with("\"store\": \"log\""),
                of(
                                "minFreeDiskBytes",
                                "\"1MB\"",
                                c -> c.getStore().getMinFreeDiskBytes(),
                                1L << 20,
                                c -> c.setStore(StoreConfiguration.log().setMinFreeDiskBytes(6)),
                                6L)
                        .with("\"store\": \"log\""),
                of(
                                "onFull",
                                "\"reject\"",
                                c -> c.getStore().getOnFull(),
                                OnFull.REJECT,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setMinFreeDiskBytes(6)
                                        .setOnFull(OnFull.REJECT)),
                                OnFull.REJECT)
                        .with("\"store\": \"log\", \"maxDiskBytes\": \"64MB\""),
                of(
                                "key",
                                OF_FILE,
                                c -> c.getStore().getEncryption().getKeys().create(),
                                KeyFile.at(Path.of(KEY_FILE)),
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration()
                                                .setKeys(KeyFile.at(Path.of(OTHER_KEY_FILE))))),
                                KeyFile.at(Path.of(OTHER_KEY_FILE)))
                        .with(ENCRYPTED),
                of(
                                "erase",
                                "\"expired\"",
                                c -> c.getStore().getEncryption().getErase(),
                                Erase.EXPIRED,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setErase(Erase.EXPIRED))),
                                Erase.EXPIRED)
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                of(
                                "memory",
                                "\"sealed\"",
                                c -> c.getStore().getEncryption().getMemory(),
                                Memory.SEALED,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setMemory(Memory.SEALED))),
                                Memory.SEALED)
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                of(
                                "jcaProvider",
                                "\"SunJCE\"",
                                c -> c.getStore().getEncryption().getJcaProvider(),
                                "SunJCE",
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setJcaProvider("SunJCE"))),
                                "SunJCE")
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                of(
                                "anchor",
                                "\"io.coffer.config.AllRoles$Fit\"",
                                c -> c.getStore().getEncryption().getAnchor().equals(ANCHOR),
                                false,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setAnchor(ANCHOR))),
                                true)
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                of("statistics", "true", c -> c.isStatisticsEnabled(), true, c -> c.setStatisticsEnabled(true), true),
                of("management", "true", c -> c.isManagementEnabled(), true, c -> c.setManagementEnabled(true), true));
    }

    /** Returns the path of a new key file, which lies below the folder for what tests leave behind. */
    private static String keyFile(String name) {
        try {
            var path = Files.createTempDirectory("keys").resolve(name);
            KeyFile.create(path);
            return path.toString().replace('\\', '/');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OverlaidSetting of(
            String name,
            String value,
            Function<CofferConfiguration<Object, Object>, Object> getter,
            Object ofFile,
            Consumer<CofferConfiguration<Object, Object>> caller,
            Object ofCaller) {
        return new OverlaidSetting(name, value, "", getter, ofFile, caller, ofCaller);
    }

    private OverlaidSetting with(String other) {
        return new OverlaidSetting(name, value, ", " + other, getter, ofFile, caller, ofCaller);
    }

    /** Returns the setting, and what it needs, as a line of the file. */
    String inFile() {
        return "\"" + name + "\": " + value + needed;
    }

    /** Returns what a configuration has. */
    Object in(CofferConfiguration<Object, Object> configuration) {
        return getter.apply(configuration);
    }

    private static boolean isOfCaller(Object part) {
        return part == OF_CALLER;
    }

    /** Returns how many listeners a configuration has. */
    static int listenersOf(CofferConfiguration<Object, Object> configuration) {
        int count = 0;
        for (var each : configuration.getCacheEntryListenerConfigurations()) {
            count += each == null ? 0 : 1;
        }
        return count;
    }

    /** Returns a class as setTypes takes it for untyped caches. */
    @SuppressWarnings("unchecked") // the types of what is in the cache are of no concern here
    static Class<Object> cast(Class<?> type) {
        return (Class<Object>) type;
    }

    @Override
    public String toString() {
        return name;
    }
}
