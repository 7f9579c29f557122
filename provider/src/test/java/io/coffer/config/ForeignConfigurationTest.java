package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.config.ForeignFiles.ForeignFile;
import io.coffer.jcache.CofferCachingProvider;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.CompiledClasses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was made for other providers is recognised, and answered with the page that helps. */
class ForeignConfigurationTest {
    private static final String MUTABLE = " extends javax.cache.configuration.MutableConfiguration<Object, Object> { }";
    private static final Path MIGRATION = Path.of("../docs/migration.md");

    private final CofferCachingProvider provider = new CofferCachingProvider();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        provider.close();
    }

    private static String anchorOf(String providerName) {
        return "see docs/migration.md#" + providerName.toLowerCase(Locale.ROOT);
    }

    static List<ForeignFile> foreignFiles() {
        return ForeignFiles.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignFiles")
    void read_fileOfAnother_isRefusedWordForWord(ForeignFile file) throws IOException {
        var uri = Files.writeString(folder.resolve(file.name()), file.text())
                .toFile()
                .toURI();

        assertThat(new Reader(folder).refusalOf(uri))
                .isEqualTo("Configuration " + uri + " is made for " + file.provider()
                        + "; Coffer reads JSON (coffer.json). What its settings are called here: "
                        + anchorOf(file.provider()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignFiles")
    void read_fileOfAnotherUnderOurName_isRecognisedNevertheless(ForeignFile file) {
        assertThat(new Reader(folder).refusalOf(file.text())).contains(" is made for " + file.provider() + "; ");
    }

    static List<ForeignFile> filesOfNobody() {
        return ForeignFiles.NOBODYS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filesOfNobody")
    void read_fileOfNobodyThatIsNoJson_isRefused(ForeignFile file) throws IOException {
        var uri = Files.writeString(folder.resolve(file.name()), file.text())
                .toFile()
                .toURI();

        assertThat(new Reader(folder).refusalOf(uri))
                .isEqualTo("Configuration " + uri + " is not JSON; Coffer reads JSON (coffer.json)");
    }

    static List<String> filesOfOurs() {
        return ForeignFiles.OURS;
    }

    @ParameterizedTest
    @MethodSource("filesOfOurs")
    void read_oursWithWordsOfOthers_isRead(String text) {
        assertThat(new Reader(folder).read(text).cacheNames()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Ehcache, class org.ehcache.jsr107.Eh107Configuration",
        "Caffeine, class com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration",
        "cache2k, class org.cache2k.jcache.ExtendedMutableConfiguration",
        "Hazelcast, class com.hazelcast.config.CacheConfig",
        "Redisson, class org.redisson.jcache.configuration.RedissonConfiguration",
        "Infinispan, class org.infinispan.jcache.AnyConfiguration"
    })
    void createCache_configurationOfAnother_isRefusedWordForWord(String name, String type) throws IOException {
        var className = type.substring("class ".length());
        try (var classes = new CompiledClasses(folder, type + MUTABLE)) {
            assertRefused(classes.instance(className), className, name);
        }
    }

    @Test
    void createCache_classAboveItIsOfAnother_isRefused() throws IOException {
        try (var classes = new CompiledClasses(
                folder,
                "class com.hazelcast.config.CacheConfig" + MUTABLE,
                "class com.acme.Middle extends com.hazelcast.config.CacheConfig { }",
                "class com.acme.Books extends com.acme.Middle { }")) {
            assertRefused(classes.instance("com.acme.Books"), "com.hazelcast.config.CacheConfig", "Hazelcast");
        }
    }

    @Test
    void createCache_interfaceAboveAnInterfaceIsOfAnother_isRefused() throws IOException {
        try (var classes = new CompiledClasses(
                folder,
                "interface org.cache2k.jcache.ExtendedConfiguration { }",
                "interface com.acme.Extended extends org.cache2k.jcache.ExtendedConfiguration { }",
                "class com.acme.Films extends javax.cache.configuration.MutableConfiguration<Object, Object>"
                        + " implements com.acme.Extended { }")) {
            assertRefused(classes.instance("com.acme.Films"), "org.cache2k.jcache.ExtendedConfiguration", "cache2k");
        }
    }

    @Test
    void createCache_interfaceIsOfAnother_isRefused() throws IOException {
        try (var classes = new CompiledClasses(
                folder,
                "interface org.cache2k.jcache.ExtendedConfiguration { }",
                "class com.acme.Middle extends javax.cache.configuration.MutableConfiguration<Object, Object>"
                        + " implements org.cache2k.jcache.ExtendedConfiguration { }",
                "class com.acme.Books extends com.acme.Middle { }")) {
            assertRefused(classes.instance("com.acme.Books"), "org.cache2k.jcache.ExtendedConfiguration", "cache2k");
        }
    }

    @SuppressWarnings("unchecked") // compiled as such
    private static Configuration<Object, Object> configuration(Object instance) {
        return (Configuration<Object, Object>) instance;
    }

    private CacheManager manager() {
        return provider.getCacheManager(URI.create("foreign"), ForeignConfigurationTest.class.getClassLoader());
    }

    private void assertRefused(Object instance, String className, String providerName) {
        assertThatThrownBy(() -> manager().createCache("books", configuration(instance)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cache \"books\" is configured by a " + className + ", whose settings only " + providerName
                        + " knows. Use io.coffer.CofferConfiguration or MutableConfiguration; "
                        + anchorOf(providerName));
        assertThat(manager().getCacheNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"com.acme.hazelcast.Books", "org.ehcachelike.Books", "com.acme.Caffeine", "org.cache2kx.Books"})
    void createCache_configurationOfTheUser_isFine(String className) throws IOException {
        try (var classes = new CompiledClasses(folder, "class " + className + MUTABLE)) {
            manager().createCache("books", configuration(classes.instance(className)));

            assertThat(manager().getCacheNames()).containsExactly("books");
        }
    }

    static Stream<Arguments> foreignProperties() {
        return Stream.of(
                Arguments.of("Ehcache", "ehcache.jsr107.config.default", URI.create("file:/hunter2")),
                Arguments.of("Ehcache", "org.ehcache.hunter", "hunter2"),
                Arguments.of("Ehcache", "net.sf.ehcache.name", "hunter2"),
                Arguments.of("Hazelcast", "hazelcast.config.location", "hunter2"),
                Arguments.of("Hazelcast", "hazelcast.instance.itself", List.of("hunter2")),
                Arguments.of("Infinispan", "infinispan.client.hotrod.server_list", "hunter2"),
                Arguments.of(
                        "Infinispan", "org.infinispan.configuration.cache.Configuration-Function", List.of("hunter2")),
                Arguments.of("Caffeine", "caffeine.jcache.default", "hunter2"),
                Arguments.of("cache2k", "cache2k.name", "hunter2"),
                Arguments.of("Redisson", "redisson.name", "hunter2"));
    }

    @ParameterizedTest
    @MethodSource("foreignProperties")
    void open_propertyOfAnother_isWarnedOfWithoutItsValue(String name, String property, Object value) {
        var properties = new Properties();
        properties.put(property, value);

        try (var log = new CapturedLog()) {
            provider.getCacheManager(URI.create("orders"), ForeignConfigurationTest.class.getClassLoader(), properties);

            assertThat(log.warnings())
                    .containsExactly("CacheManager \"orders\": the property " + property
                            + " is not used, it belongs to " + name + "; " + anchorOf(name));
        }
    }

    @Test
    void open_propertiesOfNobody_areNotSpokenOf() {
        var properties = new Properties();
        List.of("ehcacheX", "com.acme.hazelcast.x", "javax.cache.CacheManager", "spring.cache.x", "")
                .forEach(name -> properties.setProperty(name, "x"));

        try (var log = new CapturedLog()) {
            provider.getCacheManager(URI.create("orders"), ForeignConfigurationTest.class.getClassLoader(), properties);

            assertThat(log.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Ehcache, urn:X-ehcache:jsr107-default-config",
        "Caffeine, com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
        "Infinispan, org.infinispan.jcache.embedded.JCachingProvider"
    })
    void open_defaultUriOfAnother_isWarnedOf(String name, String uri) {
        try (var log = new CapturedLog()) {
            provider.getCacheManager(URI.create(uri), ForeignConfigurationTest.class.getClassLoader());

            assertThat(log.warnings())
                    .containsExactly("CacheManager \"" + uri + "\": this is the default URI of " + name
                            + "; here it is only a name, and coffer.json is not read. Leave the URI out; "
                            + anchorOf(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ehcache", "Caffeine", "cache2k", "Hazelcast", "Infinispan", "Redisson"})
    void migrationPage_sectionThatIsPointedTo_exists(String name) throws IOException {
        assertThat(Files.readAllLines(MIGRATION)).contains("## " + name);
    }
}
