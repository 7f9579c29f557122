package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.cache.CacheManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.LaunchedClassLoader;
import org.springframework.boot.loader.net.protocol.Handlers;

/** {@code coffer.json} in a jar, and in a jar in a jar, where {@code java -jar} finds it. */
class FatJarTest {
    private static final String JSON = "{ \"caches\": { \"books\": { \"maxEntries\": 100, \"statistics\": true } } }";

    @TempDir
    private Path folder;

    @BeforeAll
    static void registerNestedUrls() {
        Handlers.register();
    }

    @Test
    void config_inAJar_isRead() throws Exception {
        var jar = folder.resolve("app.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "coffer.json", JSON.getBytes(StandardCharsets.UTF_8));
        }
        assertIsRead(new ClassPath(jar), "jar:" + jar.toUri().toURL() + "!/coffer.json");
    }

    @Test
    void config_inTheClassesOfAFatJar_isRead() throws Exception {
        var root = fatJar("/!BOOT-INF/classes/!/");

        assertIsRead(launched(root), root + "coffer.json");
    }

    @Test
    void config_inALibraryOfAFatJar_isRead() throws Exception {
        var root = fatJar("/!BOOT-INF/lib/settings.jar!/");

        assertIsRead(launched(root), root + "coffer.json");
    }

    /** Starts by the class path and by the URL itself. */
    private void assertIsRead(ClassPath classPath, String uri) throws IOException {
        try (classPath) {
            try (var context = classPath.start(ClassPath.COFFER_JSON)) {
                var manager = context.getBean(CacheManager.class);
                assertThat(manager.getURI()).hasToString(uri);
                assertThat(CacheSettings.of(manager, "books").maxEntries()).isEqualTo(100);
                assertThat(MetricsTest.hitsShownAfterAHit(context, "books")).isEqualTo(1);
            }
            try (var context = classPath.start("--spring.cache.jcache.config=" + uri)) {
                assertThat(CacheSettings.of(context.getBean(CacheManager.class), "books")
                                .maxEntries())
                        .isEqualTo(100);
            }
        }
    }

    private ClassPath launched(String root) throws IOException {
        var urls = new URL[] {new URL(root)};
        return new ClassPath(
                folder, new LaunchedClassLoader(false, urls, getClass().getClassLoader()));
    }

    /** Makes an application's jar as Spring Boot's plugin does, and returns the URL of a part of it. */
    private String fatJar(String part) throws IOException {
        var library = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(library)) {
            add(zip, "coffer.json", JSON.getBytes(StandardCharsets.UTF_8));
        }
        var jar = folder.resolve("app.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "BOOT-INF/classes/", new byte[0]);
            add(zip, "BOOT-INF/classes/coffer.json", JSON.getBytes(StandardCharsets.UTF_8));
            add(zip, "BOOT-INF/lib/settings.jar", library.toByteArray());
        }
        return "jar:nested:" + jar + part;
    }

    /** Not compressed, as the loader wants a jar in a jar. */
    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
