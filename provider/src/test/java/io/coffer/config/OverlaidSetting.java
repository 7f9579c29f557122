package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.codec.BytesCodec;
import io.coffer.codec.JavaCodec;
import io.coffer.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private static final String READ_THROUGH = "\"readThrough\": true, \"loader\": " + FACTORY;
    private static final javax.cache.expiry.Duration TEN_MINUTES =
            new javax.cache.expiry.Duration(TimeUnit.MINUTES, 10);
    private static final AllRoles OF_CALLER = new AllRoles.Fit();

    static List<OverlaidSetting> all() {
        return Stream.concat(ofAnyCache().stream(), OverlaidStoreSettings.all().stream())
                .toList();
    }

    private static List<OverlaidSetting> ofAnyCache() {
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
                of("statistics", "true", c -> c.isStatisticsEnabled(), true, c -> c.setStatisticsEnabled(true), true),
                of("management", "true", c -> c.isManagementEnabled(), true, c -> c.setManagementEnabled(true), true));
    }

    static OverlaidSetting of(
            String name,
            String value,
            Function<CofferConfiguration<Object, Object>, Object> getter,
            Object ofFile,
            Consumer<CofferConfiguration<Object, Object>> caller,
            Object ofCaller) {
        return new OverlaidSetting(name, value, "", getter, ofFile, caller, ofCaller);
    }

    /** Returns the same, beside something else that it needs. */
    OverlaidSetting with(String other) {
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
