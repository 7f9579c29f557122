package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CofferJson;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the URI of a manager may be: where its file is, or a name; and never something half of one and half of the other. */
class ConfigurationUriTest {
    private static final String BOOKS = CofferJson.ofBooks("\"maxEntries\": 5");
    private static final String WRONG = "{ \"caches\": 5 }";
    private static final String WRONG_SAID = ":1:13 (caches): found a number; expected an object, such as { }";

    @TempDir
    Path folder;

    private Reader reader;

    @BeforeEach
    void makeReader() {
        reader = new Reader(folder);
    }

    private static URI file(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text).toFile().toURI();
    }

    private Path jar(String name, String entry, String text) throws IOException {
        var jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private Set<String> namesIn(URI uri) {
        return reader.read(uri).cacheNames();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coffer.json",
                "my caches.json",
                "bücher+größen & mehr.json",
                "a/b c/ü/coffer.json",
                "100%.json",
                "coffer"
            })
    void file_anyName_isRead(String name) throws IOException {
        assertThat(namesIn(file(folder.resolve(name), BOOKS))).containsExactly("books");
    }

    @ParameterizedTest
    @CsvSource({"coffer.json, coffer.json", "my caches.json, my caches.json", "ü/bücher.json, bücher.json"})
    void file_wrongContent_placeHasItsNameAsAPersonWritesIt(String name, String shown) throws IOException {
        var uri = file(folder.resolve(name), WRONG);

        assertThat(reader.refusalOf(uri)).endsWith("has 1 error:\n  " + shown + WRONG_SAID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?profile=test", "#caches", "?a=b/c#d/e"})
    void file_withQueryOrFragment_isReadAndNamedWithout(String rest) throws IOException {
        assertThat(namesIn(URI.create(file(folder.resolve("coffer.json"), BOOKS) + rest)))
                .containsExactly("books");
        assertThat(reader.refusalOf(URI.create(file(folder.resolve("coffer.json"), WRONG) + rest)))
                .endsWith("has 1 error:\n  coffer.json" + WRONG_SAID);
    }

    @Test
    void file_schemeInCapitals_isRead() throws IOException {
        var uri = file(folder.resolve("coffer.json"), BOOKS).toString();

        assertThat(namesIn(URI.create(uri.replace("file:", "FILE:")))).containsExactly("books");
    }

    @Test
    void file_threeSlashes_isRead() throws IOException {
        var uri = file(folder.resolve("coffer.json"), BOOKS).toString();

        assertThat(namesIn(URI.create(uri.replace("file:/", "file:///")))).containsExactly("books");
    }

    @Test
    void file_missing_isRefused() {
        var uri = folder.resolve("no such.json").toFile().toURI();

        assertThat(reader.refusalOf(uri)).isEqualTo("Configuration " + uri + " does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caches", "my caches", "ü"})
    void file_folder_isRefusedAndSaysWhatToWrite(String name) throws IOException {
        var uri = Files.createDirectories(folder.resolve(name)).toUri().toURL().toString();

        assertThat(reader.refusalOf(URI.create(uri)))
                .isEqualTo(
                        "Configuration " + uri + " is a folder; name the file in it, such as " + uri + "coffer.json");
        assertThat(reader.refusalOf(URI.create(uri.substring(0, uri.length() - 1))))
                .endsWith(" is a folder; name the file in it, such as " + uri + "coffer.json");
    }

    @Test
    void file_ofAnotherComputer_isNotAskedFor() {
        assertThat(reader.refusalOf(URI.create("file://etc/coffer.json")))
                .isEqualTo("CacheManager URI \"file://etc/coffer.json\" names the computer \"etc\";"
                        + " a file of this one is written file:///etc/coffer.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/x/%FF.json", "jar:file:/x/app.jar", "jar:/x/app.jar!/coffer.json", "nested:x"})
    void file_notWrittenAsItsUrlIs_isRefused(String uri) {
        assertThat(reader.refusalOf(URI.create(uri))).startsWith("CacheManager URI \"" + uri + "\" is ");
    }

    @Test
    void jar_file_isReadAndLeftAlone() throws IOException {
        var jar = jar("my app.jar", "conf/coffer.json", BOOKS);
        var uri = URI.create("jar:" + jar.toFile().toURI() + "!/conf/coffer.json");

        assertThat(namesIn(uri)).containsExactly("books");
        jar("my app.jar", "conf/coffer.json", CofferJson.ofBooks("").replace("books", "films"));
        assertThat(namesIn(uri)).as("after the jar was replaced").containsExactly("films");
    }

    @Test
    void jar_wrongContent_placeHasTheNameOfTheEntry() throws IOException {
        var jar = jar("app.jar", "conf/coffer.json", WRONG).toFile().toURI();

        assertThat(reader.refusalOf(URI.create("jar:" + jar + "!/conf/coffer.json")))
                .isEqualTo("Configuration jar:" + jar + "!/conf/coffer.json has 1 error:\n  coffer.json" + WRONG_SAID);
    }

    @Test
    void jar_missingOrWithoutTheEntry_isRefused() throws IOException {
        var jar = jar("app.jar", "coffer.json", BOOKS).toFile().toURI();

        for (var uri : new String[] {"jar:" + jar + "!/other.json", "jar:" + jar + "x!/coffer.json"}) {
            assertThat(reader.refusalOf(URI.create(uri))).isEqualTo("Configuration " + uri + " does not exist");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jar:http://localhost:1/app.jar!/coffer.json",
                "jar:https://localhost:1/app.jar!/coffer.json",
                "jar:ftp://localhost:1/app.jar!/coffer.json",
                "jar:jar:http://localhost:1/app.jar!/inner.jar!/coffer.json",
                "jar:file://other.invalid/app.jar!/coffer.json"
            })
    void jar_ofAnotherComputer_isNotFetched(String uri) {
        assertThat(reader.refusalOf(URI.create(uri)))
                .startsWith("CacheManager URI \"" + uri + "\" is ")
                .doesNotContain("refused", "timed out", "cannot be read");
    }

    @Test
    void classPath_resource_isReadByTheManagersLoader() throws IOException {
        file(folder.resolve("root/conf/my caches ü.json"), BOOKS);
        try (var loader = loaderOf(folder.resolve("root"))) {
            for (var uri : new String[] {
                "classpath:conf/my%20caches%20ü.json",
                "classpath:/conf/my%20caches%20%C3%BC.json",
                "CLASSPATH:conf/my%20caches%20ü.json"
            }) {
                assertThat(reader.read(URI.create(uri), loader).cacheNames())
                        .as(uri)
                        .containsExactly("books");
            }
        }
        assertThat(reader.refusalOf(URI.create("classpath:conf/my%20caches%20ü.json")))
                .isEqualTo(
                        "CacheManager classpath:conf/my%20caches%20ü.json: there is no resource \"conf/my caches ü.json\""
                                + " on the class path of its class loader, " + Reader.class.getClassLoader());
    }

    @Test
    void classPath_folder_isRefused() {
        assertThat(reader.refusalOf(URI.create("classpath:io/coffer/config")))
                .startsWith("Configuration file:")
                .contains("/io/coffer/config is a folder; name the file in it, such as ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "my.app.caches",
                "orders?profile=test",
                "#caches",
                "team:orders",
                "urn:x-acme:orders",
                "http://localhost:1/coffer.json",
                "https://localhost:1/coffer.json",
                "ftp://localhost:1/coffer.json",
                "mailto:orders@localhost",
                "/orders",
                "//orders/caches",
                "bücher"
            })
    void name_anythingElse_readsAndFetchesNothing(String uri) {
        assertThat(namesIn(URI.create(uri))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coffer.json",
                "/etc/coffer.json",
                "conf/coffer.jsonc",
                "ehcache.xml",
                "application.conf",
                "redisson.yaml",
                "hazelcast.yml",
                "cache.properties",
                "COFFER.JSON",
                "C:/app/coffer.json",
                "vfs:/app/coffer.json"
            })
    void name_likeAFile_isRefused(String uri) {
        assertThat(reader.refusalOf(URI.create(uri)))
                .isEqualTo("CacheManager URI \"" + uri + "\" looks like a file, but does not say where it is."
                        + " Write classpath:coffer.json or the URI of a file, such as file:///path/to/coffer.json");
    }

    private static URLClassLoader loaderOf(Path root) throws IOException {
        return new URLClassLoader(new URL[] {root.toUri().toURL()}, null);
    }
}
