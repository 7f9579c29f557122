package io.coffer.config;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.StoreConfiguration.OnUndecodable;
import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a cache that only a cache with a store has. In {@code defaults} they serve the caches that have one; in the entry of
 * a cache without one they are a mistake.
 */
final class StoreSettings {
    private static final StoreConfiguration DEFAULT = StoreConfiguration.log();

    /* After store; durability and the bounds of the disk before what hangs on them. */
    static final List<Setting> ALL = List.of(
            of(
                    "durability",
                    oneOf(Durability.class),
                    StoreConfiguration::getDurability,
                    StoreConfiguration::setDurability),
            of(
                    "syncInterval",
                    Quantities::duration,
                    StoreConfiguration::getSyncInterval,
                    StoreConfiguration::setSyncInterval,
                    store -> store.getDurability() == Durability.INTERVAL),
            of("strict", Quantities::truth, StoreConfiguration::isStrict, StoreConfiguration::setStrict),
            of("onLocked", oneOf(OnLocked.class), StoreConfiguration::getOnLocked, StoreConfiguration::setOnLocked),
            of("recovery", oneOf(Recovery.class), StoreConfiguration::getRecovery, StoreConfiguration::setRecovery),
            of(
                    "onUndecodable",
                    oneOf(OnUndecodable.class),
                    StoreConfiguration::getOnUndecodable,
                    StoreConfiguration::setOnUndecodable),
            StoreSettings.<List<String>>of(
                    "allow", StoreSettings::patterns, StoreConfiguration::getAllow, StoreConfiguration::setAllow),
            of(
                    "maxRecordBytes",
                    StoreSettings::recordBytes,
                    StoreConfiguration::getMaxRecordBytes,
                    StoreConfiguration::setMaxRecordBytes),
            of(
                    "maxDiskBytes",
                    StoreSettings::diskBytes,
                    StoreConfiguration::getMaxDiskBytes,
                    StoreConfiguration::setMaxDiskBytes),
            of(
                    "minFreeDiskBytes",
                    Quantities::bytes,
                    StoreConfiguration::getMinFreeDiskBytes,
                    StoreConfiguration::setMinFreeDiskBytes),
            of(
                    "onFull",
                    oneOf(OnFull.class),
                    StoreConfiguration::getOnFull,
                    StoreConfiguration::setOnFull,
                    StoreSettings::isBounded));

    private static final Set<String> NAMES = ALL.stream().map(Setting::name).collect(toUnmodifiableSet());

    private StoreSettings() {}

    /** Makes a setting that is read in any case, to find mistakes, but set only where there is a store. */
    private static <T> Setting of(
            String name,
            Form<T> form,
            Function<StoreConfiguration, T> getter,
            BiConsumer<StoreConfiguration, T> setter) {
        return of(name, form, getter, setter, any -> true);
    }

    /** Makes a setting that hangs on another: from {@code defaults}, it is not for a store where nothing would come of it. */
    private static <T> Setting of(
            String name,
            Form<T> form,
            Function<StoreConfiguration, T> getter,
            BiConsumer<StoreConfiguration, T> setter,
            Predicate<StoreConfiguration> isOfUse) {
        return new Setting(
                name, configuration -> isOpen(configuration.getStore(), getter), (node, reading, configuration) -> {
                    T value = reading.read(node, form);
                    var store = configuration.getStore();
                    if (value != null && store != null && (isOfUse.test(store) || !node.isOfDefaults())) {
                        setter.accept(store, value);
                        configuration.setStore(store);
                    }
                });
    }

    private static boolean isOpen(@Nullable StoreConfiguration store, Function<StoreConfiguration, ?> getter) {
        return store == null || getter.apply(store).equals(getter.apply(DEFAULT));
    }

    /** Tells whether the disk may be full for a store before it really is. */
    static boolean isBounded(StoreConfiguration store) {
        return store.getMaxDiskBytes() > 0 || store.getMinFreeDiskBytes() > 0;
    }

    /** Finds the settings of a cache's own entry that nothing would come of, since the cache has no store. */
    static void refuseWithoutStore(Map<String, Node> own, Problems problems) {
        own.forEach((name, node) -> {
            if (NAMES.contains(name)) {
                problems.add(
                        node,
                        "this cache lives in memory only, where nothing comes of " + name
                                + ": set store beside it, as in \"store\": \"log\", or leave it out");
            }
        });
    }

    /** The constants of an enum as they are written here: {@code pointInTime}. */
    static <E extends Enum<E>> Form<E> oneOf(Class<E> type) {
        var constants = List.of(type.getEnumConstants());
        var expected = constants.stream()
                .map(constant -> "\"" + written(constant) + "\"")
                .collect(joining(" or "));
        return (node, reading) -> {
            var text = node.text() == null ? null : reading.scalar(node);
            return constants.stream()
                    .filter(constant -> written(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> Quantities.unfit(node, expected));
        };
    }

    private static String written(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(joining());
    }

    /** An array, or one text in which commas stand between the patterns, as a property has it. */
    private static List<String> patterns(Node node, Reading reading) {
        var patterns = new ArrayList<String>();
        for (var element : node.elements()) {
            var texts = reading.read(element, StoreSettings::patternsOfText);
            patterns.addAll(texts == null ? List.of() : texts);
        }
        return patterns;
    }

    private static List<String> patternsOfText(Node node, Reading reading) {
        var text = node.text() == null ? null : reading.scalar(node);
        try {
            if (text != null) {
                var patterns = List.of(text.strip().split("\\s*,\\s*", -1));
                return StoreConfiguration.log().setAllow(patterns).getAllow();
            }
        } catch (IllegalArgumentException e) {
            throw unfitPattern(node);
        }
        throw unfitPattern(node);
    }

    private static UnfitException unfitPattern(Node node) {
        return Quantities.unfit(
                node,
                "a class such as \"com.acme.Order\", a package \"com.acme.*\", or a package and all below \"com.acme.**\"");
    }

    private static int recordBytes(Node node, Reading reading) {
        var expected = "a number of bytes from 1 to " + StoreConfiguration.RECORD_BYTES_MAX + ", such as \"16MB\"";
        long bytes = Quantities.bytes(node, reading, expected, expected);
        if (bytes < 1 || bytes > StoreConfiguration.RECORD_BYTES_MAX) {
            throw Quantities.unfit(node, expected);
        }
        return (int) bytes;
    }

    private static long diskBytes(Node node, Reading reading) {
        var expected = "a number of bytes from " + StoreConfiguration.DISK_BYTES_MIN
                + " on, such as \"10GB\", or 0 for no bound";
        long bytes = Quantities.bytes(node, reading, expected, "a number of bytes up to " + Long.MAX_VALUE);
        if (bytes != 0 && bytes < StoreConfiguration.DISK_BYTES_MIN) {
            throw Quantities.unfit(node, expected);
        }
        return bytes;
    }
}
