package io.coffer.config;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.EncryptionConfiguration.Memory;
import io.coffer.config.ConfigurationCheck.Contradiction;
import io.coffer.crypto.Algorithms;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.RollbackAnchor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cache that only an encrypted one has. In {@code defaults} they serve the caches that are; in the entry of another cache
 * they are a mistake, since its writer believes that the cache is encrypted.
 */
final class EncryptionSettings {
    private static final EncryptionConfiguration DEFAULT = new EncryptionConfiguration();

    /* After store and storeByValue. */
    static final List<Setting> ALL = List.of(
            EncryptionSettings.<Factory<? extends KeyProvider>>of(
                    "key", KeyForm::read, EncryptionConfiguration::getKeys, EncryptionConfiguration::setKeys),
            of(
                    "erase",
                    StoreSettings.oneOf(Erase.class),
                    EncryptionConfiguration::getErase,
                    EncryptionConfiguration::setErase),
            of(
                    "memory",
                    StoreSettings.oneOf(Memory.class),
                    EncryptionConfiguration::getMemory,
                    EncryptionConfiguration::setMemory),
            of(
                    "jcaProvider",
                    EncryptionSettings::jcaProvider,
                    EncryptionConfiguration::getJcaProvider,
                    EncryptionConfiguration::setJcaProvider),
            EncryptionSettings.<Factory<? extends RollbackAnchor>>of(
                    "anchor",
                    (node, reading) -> reading.factoryOf(node, RollbackAnchor.class),
                    EncryptionConfiguration::getAnchor,
                    EncryptionConfiguration::setAnchor));

    private static final Set<String> NAMES = ALL.stream().map(Setting::name).collect(toUnmodifiableSet());

    private EncryptionSettings() {}

    /** Makes a setting that is read in any case, to find mistakes, but set only where there is encryption. */
    private static <T> Setting of(
            String name,
            Form<T> form,
            Function<EncryptionConfiguration, ? extends @Nullable Object> getter,
            BiConsumer<EncryptionConfiguration, T> setter) {
        return new Setting(name, configuration -> isOpen(configuration, getter), (node, reading, configuration) -> {
            T value = reading.read(node, form);
            var store = configuration.getStore();
            var encryption = store == null ? null : store.getEncryption();
            if (value != null && store != null && encryption != null && isOfUse(name, node, configuration)) {
                setter.accept(encryption, value);
                configuration.setStore(store.setEncryption(encryption));
            }
        });
    }

    private static boolean isOpen(
            CofferConfiguration<?, ?> configuration,
            Function<EncryptionConfiguration, ? extends @Nullable Object> getter) {
        var store = configuration.getStore();
        var encryption = store == null ? null : store.getEncryption();
        return encryption == null || Objects.equals(getter.apply(encryption), getter.apply(DEFAULT));
    }

    /** From {@code defaults}, memory is not sealed where objects are shared with callers. */
    private static boolean isOfUse(String name, Node node, CofferConfiguration<?, ?> configuration) {
        return !name.equals("memory") || configuration.isStoreByValue() || !node.isOfDefaults();
    }

    private static String jcaProvider(Node node, Reading reading) {
        var name = node.text() == null ? null : reading.scalar(node);
        try {
            if (name != null) {
                Algorithms.of(name);
                return name;
            }
        } catch (IllegalArgumentException e) {
            throw unfitProvider(node);
        }
        throw unfitProvider(node);
    }

    private static UnfitException unfitProvider(Node node) {
        return Quantities.unfit(
                node,
                "the name of a provider of cryptography in this JVM that has AES/GCM/NoPadding and HmacSHA256, such as"
                        + " \"SunJCE\"");
    }

    /** Finds the settings of a cache's own entry that nothing would come of, since the cache is not encrypted. */
    static void refuseWithoutEncryption(Map<String, Node> own, Problems problems) {
        own.forEach((name, node) -> {
            if (NAMES.contains(name)) {
                problems.addToName(
                        node,
                        "this cache is not encrypted, so nothing comes of " + name
                                + ": set \"store\": \"encrypted\" beside it, or leave it out");
            }
        });
    }

    /** Finds what contradicts something else in a configuration, if it has encryption. */
    static void check(CofferConfiguration<?, ?> configuration, List<Contradiction> found) {
        var store = configuration.getStore();
        var encryption = store == null ? null : store.getEncryption();
        if (store == null || encryption == null) {
            return;
        }
        if (encryption.getKeys() == null) {
            found.add(new Contradiction(
                    "store",
                    Set.of("store", "key"),
                    "is to be encrypted, but has no key: set key, such as \"key\": { \"file\": \"/run/secrets/coffer.key\" }"
                            + " (EncryptionConfiguration.setKeys); io.coffer.crypto.NewKeyFile makes a new one"));
        }
        if (store.getStorage() != null) {
            found.add(new Contradiction(
                    "store",
                    Set.of("store"),
                    "has a store of your own and encryption, which only the log store has: leave one of them out"
                            + " (setEncryption)"));
        }
        if (encryption.getMemory() == Memory.SEALED && !configuration.isStoreByValue()) {
            found.add(new Contradiction(
                    "memory",
                    Set.of("memory", "storeByValue"),
                    "has \"memory\": \"sealed\" and stores by reference, so that callers share its objects in the clear:"
                            + " leave one of them out (setMemory, setStoreByValue)"));
        }
    }
}
