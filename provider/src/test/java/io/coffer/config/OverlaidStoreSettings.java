package io.coffer.config;

import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.EncryptionConfiguration.Memory;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.StoreConfiguration.OnUndecodable;
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
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;

/** The settings of stores and of their encryption, as a file has them and as the caller of createCache may have them. */
final class OverlaidStoreSettings {
    private static final Factory<MemoryAnchor> ANCHOR = FactoryBuilder.factoryOf(MemoryAnchor.class);
    private static final String ENCRYPTED = "\"store\": \"encrypted\"";
    private static final String KEY_FILE = keyFile("key");
    private static final String OTHER_KEY_FILE = keyFile("other");
    private static final String OF_FILE = "{ \"file\": \"" + KEY_FILE + "\" }";
    private static final Factory<Storage> OF_CALLER_STORES = AllRoles.Fit::new;

    private OverlaidStoreSettings() {}

    static List<OverlaidSetting> all() {
        return List.of(
                OverlaidSetting.of(
                        "store",
                        "\"log\"",
                        c -> c.getStore().getStorage() == null,
                        true,
                        c -> c.setStore(StoreConfiguration.of(OF_CALLER_STORES)),
                        false),
                OverlaidSetting.of(
                                "durability",
                                "\"always\"",
                                c -> c.getStore().getDurability(),
                                Durability.ALWAYS,
                                c -> c.setStore(StoreConfiguration.log().setDurability(Durability.NONE)),
                                Durability.NONE)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "syncInterval",
                                "\"5s\"",
                                c -> c.getStore().getSyncInterval(),
                                Duration.ofSeconds(5),
                                c -> c.setStore(StoreConfiguration.log().setSyncInterval(Duration.ofSeconds(6))),
                                Duration.ofSeconds(6))
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "strict",
                                "true",
                                c -> c.getStore().isStrict(),
                                true,
                                c -> c.setStore(StoreConfiguration.log().setStrict(true)),
                                true)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "onLocked",
                                "\"memory\"",
                                c -> c.getStore().getOnLocked(),
                                OnLocked.MEMORY,
                                c -> c.setStore(StoreConfiguration.log().setOnLocked(OnLocked.MEMORY)),
                                OnLocked.MEMORY)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "recovery",
                                "\"strict\"",
                                c -> c.getStore().getRecovery(),
                                Recovery.STRICT,
                                c -> c.setStore(StoreConfiguration.log().setRecovery(Recovery.SALVAGE)),
                                Recovery.SALVAGE)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "onUndecodable",
                                "\"throw\"",
                                c -> c.getStore().getOnUndecodable(),
                                OnUndecodable.THROW,
                                c -> c.setStore(StoreConfiguration.log().setOnUndecodable(OnUndecodable.THROW)),
                                OnUndecodable.THROW)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "allow",
                                "[\"com.acme.**\", \"org.acme.*, org.Acme\"]",
                                c -> c.getStore().getAllow(),
                                List.of("com.acme.**", "org.acme.*", "org.Acme"),
                                c -> c.setStore(StoreConfiguration.log().setAllow("net.acme.*")),
                                List.of("net.acme.*"))
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "maxRecordBytes",
                                "\"1MB\"",
                                c -> c.getStore().getMaxRecordBytes(),
                                1 << 20,
                                c -> c.setStore(StoreConfiguration.log().setMaxRecordBytes(6)),
                                6)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "maxDiskBytes",
                                "\"64MB\"",
                                c -> c.getStore().getMaxDiskBytes(),
                                64L << 20,
                                c -> c.setStore(StoreConfiguration.log().setMaxDiskBytes(32 << 20)),
                                32L << 20)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "minFreeDiskBytes",
                                "\"1MB\"",
                                c -> c.getStore().getMinFreeDiskBytes(),
                                1L << 20,
                                c -> c.setStore(StoreConfiguration.log().setMinFreeDiskBytes(6)),
                                6L)
                        .with("\"store\": \"log\""),
                OverlaidSetting.of(
                                "onFull",
                                "\"reject\"",
                                c -> c.getStore().getOnFull(),
                                OnFull.REJECT,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setMinFreeDiskBytes(6)
                                        .setOnFull(OnFull.REJECT)),
                                OnFull.REJECT)
                        .with("\"store\": \"log\", \"maxDiskBytes\": \"64MB\""),
                OverlaidSetting.of(
                                "key",
                                OF_FILE,
                                c -> c.getStore().getEncryption().getKeys().create(),
                                KeyFile.at(Path.of(KEY_FILE)),
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration()
                                                .setKeys(KeyFile.at(Path.of(OTHER_KEY_FILE))))),
                                KeyFile.at(Path.of(OTHER_KEY_FILE)))
                        .with(ENCRYPTED),
                OverlaidSetting.of(
                                "erase",
                                "\"expired\"",
                                c -> c.getStore().getEncryption().getErase(),
                                Erase.EXPIRED,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setErase(Erase.EXPIRED))),
                                Erase.EXPIRED)
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                OverlaidSetting.of(
                                "memory",
                                "\"sealed\"",
                                c -> c.getStore().getEncryption().getMemory(),
                                Memory.SEALED,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setMemory(Memory.SEALED))),
                                Memory.SEALED)
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                OverlaidSetting.of(
                                "jcaProvider",
                                "\"SunJCE\"",
                                c -> c.getStore().getEncryption().getJcaProvider(),
                                "SunJCE",
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setJcaProvider("SunJCE"))),
                                "SunJCE")
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE),
                OverlaidSetting.of(
                                "anchor",
                                "\"io.coffer.config.AllRoles$Fit\"",
                                c -> c.getStore().getEncryption().getAnchor().equals(ANCHOR),
                                false,
                                c -> c.setStore(StoreConfiguration.log()
                                        .setEncryption(new EncryptionConfiguration().setAnchor(ANCHOR))),
                                true)
                        .with(ENCRYPTED + ", \"key\": " + OF_FILE));
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
}
