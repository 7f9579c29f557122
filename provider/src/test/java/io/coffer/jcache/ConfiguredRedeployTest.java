package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.ChildLoader;
import io.coffer.testing.CofferJson;
import io.coffer.testing.Threads;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications whose caches stand in a file, with classes of theirs, come and go and leave nothing behind. */
class ConfiguredRedeployTest {
    private static final int APPLICATIONS = 30;

    private final CofferCachingProvider provider = new CofferCachingProvider();

    @TempDir
    Path folder;

    /** Names whatever a file can name: types, codecs, loader, writer, listener, filter, weigher, policy. */
    private URI file() {
        return CofferJson.write(folder, """
                {
                  "defaults": { "statistics": true, "management": true },
                  "caches": {
                    "typed": { "keyType": "APP$Key", "valueType": "APP$Value", "expiry": { "created": "1ms" }, "maxEntries": 5 },
                    "json": { "valueType": "APP$Bean", "codec": "json" },
                    "coded": { "keyCodec": "APP$OwnCodec", "codec": "APP$OwnCodec", "maxBytes": 10000, "weigher": "APP$OwnWeigher" },
                    "loading": { "loader": "APP$OwnLoader", "readThrough": true, "refreshAhead": "1s", "staleIfError": "1s",
                                 "negativeCaching": "1s", "expiry": { "policy": "APP$OwnPolicy", "jitter": "10%" } },
                    "made": { "loader": "APP$LoaderFactory", "readThrough": true, "writer": "APP$OwnWriter", "writeThrough": true },
                    "heard": { "listeners": [ "APP$OwnListener",
                        { "class": "APP$OwnListener", "filter": "APP$OwnFilter", "synchronous": true } ] }
                  }
                }
                """.replace("APP", ConfiguredApplication.class.getName()));
    }

    @Test
    void redeploy_cachesOfAFile_leavesNoLoaderBehind() throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();

        for (int i = 0; i < APPLICATIONS; i++) {
            loaders.add(deploy(file(), ConfiguredRedeployTest::useAll));
        }

        assertAreGone(loaders);
    }

    @Test
    void redeploy_fileReadAndNothingOpened_leavesNoLoaderBehind() throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();

        for (int i = 0; i < APPLICATIONS; i++) {
            loaders.add(deploy(
                    file(), manager -> assertThat(manager.getCacheNames()).hasSize(6)));
        }

        assertAreGone(loaders);
    }

    /** A manager that outlives the applications: each names its classes anew. */
    @Test
    void redeploy_defaultLoaderAndClassesByProperties_givesEachItsOwn() throws Exception {
        var properties = new Properties();
        properties.setProperty("coffer.caches.books.loader", ConfiguredApplication.OwnLoader.class.getName());
        properties.setProperty("coffer.caches.books.readThrough", "true");
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        var manager = provider.getCacheManager(URI.create("outliving"), null, properties);
        try {
            for (int i = 0; i < 5; i++) {
                var loader = new ChildLoader(ConfiguredApplication.class);
                thread.setContextClassLoader(loader);
                assertThat(manager.getCache("books").get("k").getClass().getClassLoader())
                        .isSameAs(loader);
                manager.destroyCache("books");
                loaders.add(new WeakReference<>(loader));
                loader.close();
                loader = null;
            }
        } finally {
            thread.setContextClassLoader(before);
        }

        assertAreGone(loaders);
        provider.close();
    }

    /** Something done with the caches of an application. */
    private interface Use {
        void with(CacheManager manager) throws Exception;
    }

    /** In a method of its own, so that no variable holds the loader. */
    private WeakReference<ClassLoader> deploy(URI uri, Use use) throws Exception {
        var loader = new ChildLoader(ConfiguredApplication.class);
        use.with(provider.getCacheManager(uri, loader));
        provider.close(loader);
        loader.close();
        return new WeakReference<>(loader);
    }

    private static void useAll(CacheManager manager) throws Exception {
        for (var name : manager.getCacheNames()) {
            Cache<Object, Object> cache = manager.getCache(name);
            var loader = manager.getClassLoader();
            var value = name.equals("json") ? instance(loader, "Bean") : instance(loader, "Value");
            for (int i = 0; i < 20; i++) {
                var key = name.equals("typed") ? instance(loader, "Key") : "k" + i;
                cache.put(key, value);
                cache.get(key);
            }
            cache.getAll(Set.of(name.equals("typed") ? instance(loader, "Key") : "absent"));
            cache.forEach(entry -> entry.getValue());
            assertThat(cache.getName()).isEqualTo(name);
        }
    }

    private static Object instance(ClassLoader loader, String name) throws ReflectiveOperationException {
        var type = loader.loadClass(ConfiguredApplication.class.getName() + "$" + name);
        assertThat(type.getClassLoader()).isSameAs(loader);
        return type.getConstructor().newInstance();
    }

    private static void assertAreGone(List<WeakReference<ClassLoader>> loaders) {
        Threads.await("the loaders' end", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
    }
}
