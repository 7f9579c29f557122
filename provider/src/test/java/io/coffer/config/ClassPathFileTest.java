package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CofferCachingProvider;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.CofferJson;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code coffer.json} at the root of the class path: read by whoever names no URI. */
class ClassPathFileTest {
    private final CofferCachingProvider provider = new CofferCachingProvider();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() throws IOException {
        provider.close();
        for (var loader : loaders) {
            loader.close();
        }
    }

    private URLClassLoader loaderOf(ClassLoader parent, String... roots) throws IOException {
        var urls = new URL[roots.length];
        for (int i = 0; i < roots.length; i++) {
            urls[i] = folder.resolve(roots[i]).toUri().toURL();
        }
        var loader = new URLClassLoader(urls, parent);
        loaders.add(loader);
        return loader;
    }

    private void write(String root, String... names) {
        var caches = new StringBuilder();
        for (var name : names) {
            caches.append('"').append(name).append("\": { },");
        }
        CofferJson.write(folder.resolve(root), "{ \"caches\": { " + caches + " } }");
    }

    @Test
    void getCacheManager_noUri_readsTheFileAtTheRoot() throws IOException {
        write("app/", "books");
        var loader = loaderOf(null, "app/");

        assertThat(provider.getCacheManager(null, loader).getCacheNames()).containsExactly("books");
        assertThat(provider.getCacheManager(null, loader).getURI()).isEqualTo(provider.getDefaultURI());
    }

    @Test
    void getCacheManager_theDefaultUriGivenExplicitly_isTheSameManager() throws IOException {
        write("app/", "books");
        var loader = loaderOf(null, "app/");

        var manager = provider.getCacheManager(provider.getDefaultURI(), loader);

        assertThat(manager.getCacheNames()).containsExactly("books");
        assertThat(provider.getCacheManager(null, loader)).isSameAs(manager);
    }

    @Test
    void getCacheManager_noUriAndNoFile_isEmpty() throws IOException {
        var loader = loaderOf(null, "nothing/");

        assertThat(provider.getCacheManager(null, loader).getCacheNames()).isEmpty();
    }

    @Test
    void getCacheManager_aNameAsUri_doesNotReadTheFile() throws IOException {
        write("app/", "books");
        var loader = loaderOf(null, "app/");

        assertThat(provider.getCacheManager(java.net.URI.create("orders"), loader)
                        .getCacheNames())
                .isEmpty();
    }

    @Test
    void getCacheManager_eachLoader_getsItsOwnFile() throws IOException {
        write("one/", "books");
        write("two/", "films");

        var one = provider.getCacheManager(null, loaderOf(null, "one/"));
        var two = provider.getCacheManager(null, loaderOf(null, "two/"));

        assertThat(one.getCacheNames()).containsExactly("books");
        assertThat(two.getCacheNames()).containsExactly("films");
    }

    @Test
    void getCacheManager_defaultLoader_readsTheFileOfTheContext() throws IOException {
        write("app/", "books");
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loaderOf(null, "app/"));
        try {
            assertThat(provider.getCacheManager().getCacheNames()).containsExactly("books");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void getCacheManager_twoFiles_readsTheFirstAndWarnsOfBoth() throws IOException {
        write("one/", "books");
        write("two/", "films");
        var loader = loaderOf(null, "one/", "two/");

        try (var log = new CapturedLog()) {
            assertThat(provider.getCacheManager(null, loader).getCacheNames()).containsExactly("books");

            assertThat(log.warnings())
                    .containsExactly("There are several coffer.json on the class path; the first is read: ["
                            + loader.getURLs()[0] + "coffer.json, " + loader.getURLs()[1] + "coffer.json]");
        }
    }

    @Test
    void getCacheManager_theSameFileFoundTwice_warnsOfNothing() throws IOException {
        write("app/", "books");
        var parent = loaderOf(null, "app/");
        var child = loaderOf(parent, "app/");

        try (var log = new CapturedLog()) {
            assertThat(provider.getCacheManager(null, child).getCacheNames()).containsExactly("books");

            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void getCacheManager_wrongFileThenMended_opensAtTheNextCall() throws IOException {
        CofferJson.write(folder.resolve("app/"), "{ \"cache\": { } }");
        var loader = loaderOf(null, "app/");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> provider.getCacheManager(null, loader))
                .isExactlyInstanceOf(javax.cache.CacheException.class)
                .hasMessage("Configuration " + loader.getURLs()[0] + "coffer.json has 1 error:\n"
                        + "  coffer.json:1:3 (cache): there is no such setting; did you mean \"caches\"?"
                        + " Allowed: $schema, caches, defaults, directory, version");
        write("app/", "books");

        assertThat(provider.getCacheManager(null, loader).getCacheNames()).containsExactly("books");
    }

    @Test
    void getCacheManager_openManager_isNotReadAgain() throws IOException {
        write("app/", "books");
        var loader = loaderOf(null, "app/");
        var manager = provider.getCacheManager(null, loader);
        CofferJson.write(folder.resolve("app/"), "{ wrong");

        assertThat(provider.getCacheManager(null, loader)).isSameAs(manager);
        manager.close();
        write("app/", "films");
        assertThat(provider.getCacheManager(null, loader).getCacheNames()).containsExactly("films");
    }
}
