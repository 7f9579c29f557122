package io.coffer.config;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.coffer.CofferConfiguration;
import io.coffer.spi.Weigher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** All settings of a cache: the one table behind the file, the properties and the JSON schema. */
final class Settings {
    /* In the order in which they are set: types first, since codecs depend on them. */
    private static final List<Setting> ALL = Stream.of(ofAllCaches(), StoreSettings.ALL, EncryptionSettings.ALL)
            .flatMap(List::stream)
            .toList();

    /** What stores will be told in later versions. */
    static final Set<String> OF_LATER_STORES = Set.of("encryption", "fernetKeys", "plain");

    private static final Map<String, Setting> BY_NAME =
            ALL.stream().collect(toUnmodifiableMap(Setting::name, Function.identity()));

    /** What those who come from other caches write first. */
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("ttl", "\"expiry\": { \"created\": … } or { \"updated\": … }"),
            Map.entry("timeToLive", "\"expiry\": { \"created\": … } or { \"updated\": … }"),
            Map.entry("expireAfterWrite", "\"expiry\": { \"updated\": … }"),
            Map.entry("ttlSeconds", "\"expiry\": { \"created\": … } or { \"updated\": … }"),
            Map.entry("tti", "\"expiry\": { \"accessed\": … }"),
            Map.entry("timeToIdle", "\"expiry\": { \"accessed\": … }"),
            Map.entry("expireAfterAccess", "\"expiry\": { \"accessed\": … }"),
            Map.entry("maximumSize", "\"maxEntries\""),
            Map.entry("maxSize", "\"maxEntries\""),
            Map.entry("maxEntry", "\"maxEntries\""),
            Map.entry("size", "\"maxEntries\""),
            Map.entry("capacity", "\"maxEntries\""),
            Map.entry("entries", "\"maxEntries\""),
            Map.entry("heap", "\"maxEntries\""),
            Map.entry("disk", "\"store\": \"log\", with \"maxDiskBytes\""),
            Map.entry("entryCapacity", "\"maxEntries\""),
            Map.entry("maximumWeight", "\"maxBytes\""),
            Map.entry("loaderFactory", "\"loader\""),
            Map.entry("serializer", "\"codec\""),
            Map.entry("persistent", "\"store\""),
            Map.entry("persistence", "\"store\""),
            Map.entry("encrypted", "\"store\": \"encrypted\", with \"key\""),
            Map.entry("encrypt", "\"store\": \"encrypted\", with \"key\""),
            Map.entry("keyFile", "\"key\": { \"file\": … }"),
            Map.entry("statisticsEnabled", "\"statistics\""),
            Map.entry("directory", Document.DIRECTORY_FOR_ALL),
            Map.entry("dir", Document.DIRECTORY_FOR_ALL),
            Map.entry("path", Document.DIRECTORY_FOR_ALL));

    private Settings() {}

    private static List<Setting> ofAllCaches() {
        return List.of(
                Setting.of(
                        "keyType",
                        Settings::type,
                        configuration -> configuration.getKeyType() == Object.class,
                        (configuration, type) -> configuration.setTypes(type, configuration.getValueType())),
                Setting.of(
                        "valueType",
                        Settings::type,
                        configuration -> configuration.getValueType() == Object.class,
                        (configuration, type) -> configuration.setTypes(configuration.getKeyType(), type)),
                Setting.of(
                        "storeByValue",
                        Quantities::truth,
                        CofferConfiguration::isStoreByValue,
                        CofferConfiguration::setStoreByValue),
                new Setting("store", configuration -> configuration.getStore() == null, StoreForm::assign),
                new Setting(
                        "keyCodec",
                        configuration -> configuration.getKeyCodec() == null,
                        (node, reading, configuration) -> {
                            var codec = reading.read(node, CodecForm.of("keyType", configuration.getKeyType()));
                            configuration.setKeyCodec(codec);
                        }),
                new Setting(
                        "codec", configuration -> configuration.getCodec() == null, (node, reading, configuration) -> {
                            var codec = reading.read(node, CodecForm.of("valueType", configuration.getValueType()));
                            configuration.setCodec(codec);
                        }),
                Setting.of(
                        "maxEntries",
                        Quantities::count,
                        configuration -> configuration.getMaxEntries() == 0,
                        CofferConfiguration::setMaxEntries),
                Setting.of(
                        "maxBytes",
                        Quantities::bytes,
                        configuration -> configuration.getMaxBytes() == 0,
                        CofferConfiguration::setMaxBytes),
                Setting.<Weigher<Object, Object>>of(
                        "weigher",
                        (node, reading) -> reading.instanceOf(node, Weigher.class),
                        configuration -> configuration.getWeigher() == null,
                        CofferConfiguration::setWeigher),
                new Setting("expiry", any -> true, ExpiryForm::assign), // its members look for themselves
                Setting.<Factory<CacheLoader<Object, Object>>>of(
                        "loader",
                        (node, reading) -> reading.factoryOf(node, CacheLoader.class),
                        configuration -> configuration.getCacheLoaderFactory() == null,
                        CofferConfiguration::setCacheLoaderFactory),
                Setting.<Factory<CacheWriter<Object, Object>>>of(
                        "writer",
                        (node, reading) -> reading.factoryOf(node, CacheWriter.class),
                        configuration -> configuration.getCacheWriterFactory() == null,
                        CofferConfiguration::setCacheWriterFactory),
                new Setting(
                        "listeners",
                        configuration -> !configuration
                                .getCacheEntryListenerConfigurations()
                                .iterator()
                                .hasNext(),
                        ListenerForm::assign),
                Setting.of(
                        "readThrough",
                        Quantities::truth,
                        not(CofferConfiguration::isReadThrough),
                        CofferConfiguration::setReadThrough),
                Setting.of(
                        "writeThrough",
                        Quantities::truth,
                        not(CofferConfiguration::isWriteThrough),
                        CofferConfiguration::setWriteThrough),
                Setting.of(
                        "refreshAhead",
                        Quantities::duration,
                        configuration -> configuration.getRefreshAhead() == null,
                        CofferConfiguration::setRefreshAhead),
                Setting.of(
                        "staleIfError",
                        Quantities::duration,
                        configuration -> configuration.getStaleIfError() == null,
                        CofferConfiguration::setStaleIfError),
                Setting.of(
                        "negativeCaching",
                        Quantities::duration,
                        configuration -> configuration.getNegativeCaching() == null,
                        CofferConfiguration::setNegativeCaching),
                Setting.of(
                        "statistics",
                        Quantities::truth,
                        not(CofferConfiguration::isStatisticsEnabled),
                        CofferConfiguration::setStatisticsEnabled),
                Setting.of(
                        "management",
                        Quantities::truth,
                        not(CofferConfiguration::isManagementEnabled),
                        CofferConfiguration::setManagementEnabled));
    }

    /** Returns the names of all settings that there are. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** Looks at the names of a cache's settings, and finds those that do not exist. */
    static void checkNames(Node cache, Problems problems) {
        cache.members().forEach((name, node) -> {
            if (OF_LATER_STORES.contains(name)) {
                problems.addToName(node, StoreForm.REFUSAL_OF_LATER);
            } else if (OTHER_WORDS.containsKey(name)) {
                problems.addToName(node, "there is no such setting; here it is called " + OTHER_WORDS.get(name));
            } else if (!BY_NAME.containsKey(name)) {
                problems.refuseName(node, name, BY_NAME.keySet());
            }
        });
    }

    /**
     * Sets what a configuration has left open.
     *
     * @param members the settings by name
     */
    static void fillIn(CofferConfiguration<Object, Object> configuration, Map<String, Node> members, Reading reading) {
        for (var setting : ALL) {
            var node = members.get(setting.name());
            if (node != null && setting.isOpen().test(configuration)) {
                setting.assignment().assign(node, reading, configuration);
            }
        }
    }

    @SuppressWarnings("unchecked") // K and V are the user's affair: a file cannot name them
    private static Class<Object> type(Node node, Reading reading) {
        return (Class<Object>) reading.classOf(node);
    }
}
