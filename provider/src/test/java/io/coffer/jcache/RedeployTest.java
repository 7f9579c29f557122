package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.ChildLoader;
import io.coffer.testing.Threads;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Applications come and go in one JVM, and leave nothing behind: no class loader, no thread, no bean. */
class RedeployTest {
    private static final int APPLICATIONS = 200;
    private static final int APPLICATIONS_WITH_THEIR_OWN_PROVIDER = 10;

    private final String prefix = "redeploy-" + UUID.randomUUID() + "-";

    @Test
    void redeploy_sharedProvider_leavesNothingBehind() throws Exception {
        var provider = new CofferCachingProvider();
        var loaders = new ArrayList<WeakReference<ClassLoader>>();

        for (int i = 0; i < APPLICATIONS; i++) {
            loaders.add(deploy(provider, i));
        }

        assertNothingIsLeft(loaders);
    }

    /** In a method of its own, so that no variable holds the loader. */
    private WeakReference<ClassLoader> deploy(CofferCachingProvider provider, int number) throws Exception {
        var loader = new ChildLoader(GuestApplication.class);
        var application = loader.instance(GuestApplication.class);
        application
                .getClass()
                .getMethod("run", CachingProvider.class, URI.class)
                .invoke(application, provider, URI.create(prefix + number));
        loader.close();
        return new WeakReference<>(loader);
    }

    @Test
    void redeploy_defaultManagerOfASharedProvider_leavesNothingBehind() throws Exception {
        var provider = new CofferCachingProvider();
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        try (var manager = provider.getCacheManager(URI.create(prefix + "default"), null)) {
            for (int i = 0; i < 20; i++) {
                loaders.add(visit(manager));
            }
            Threads.await("the loaders' end", () -> areGone(loaders));
        }

        assertNothingIsLeft(loaders);
    }

    /** An application that uses the caches of a manager which outlives it. */
    private static WeakReference<ClassLoader> visit(CacheManager manager) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        var loader = new ChildLoader(ContextClassLoaderTest.class);
        thread.setContextClassLoader(loader);
        try {
            var cache = manager.createCache("orders", CacheFixture.<String, Object>configuration());
            cache.put("k", loader.instance(ContextClassLoaderTest.Order.class));
            assertThat(cache.get("k").getClass().getClassLoader()).isSameAs(loader);
            manager.destroyCache("orders");
        } finally {
            thread.setContextClassLoader(before);
            loader.close();
        }
        return new WeakReference<>(loader);
    }

    /** As in a servlet container: each application has the provider, and the JCache API, among its own libraries. */
    @Test
    void redeploy_providerOfItsOwn_leavesNothingBehind() throws Exception {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();

        for (int i = 0; i < APPLICATIONS_WITH_THEIR_OWN_PROVIDER; i++) {
            loaders.add(deployWithProvider(i));
        }

        assertNothingIsLeft(loaders);
    }

    private WeakReference<ClassLoader> deployWithProvider(int number) throws Exception {
        var libraries = Stream.of(GuestApplication.class, CofferCachingProvider.class, CachingProvider.class)
                .map(ChildLoader::origin)
                .toArray(URL[]::new);
        var loader = new URLClassLoader(libraries, ClassLoader.getPlatformClassLoader());
        var type = loader.loadClass(GuestApplication.class.getName());
        assertThat(type.getClassLoader()).isSameAs(loader);
        @SuppressWarnings("unchecked") // GuestApplication says so
        var application = (Consumer<String>) type.getConstructor().newInstance();
        application.accept(prefix + "own-" + number);
        loader.close();
        return new WeakReference<>(loader);
    }

    private void assertNothingIsLeft(List<WeakReference<ClassLoader>> loaders) throws Exception {
        Threads.awaitEndOf("coffer-" + prefix);
        Threads.awaitEndOf("coffer-sweeper-" + prefix);
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("javax.cache:CacheManager=" + prefix + "*,*"), null))
                .isEmpty();
        Threads.await("the loaders' end", () -> areGone(loaders));
    }

    private static boolean areGone(List<WeakReference<ClassLoader>> loaders) {
        System.gc();
        return loaders.stream().allMatch(loader -> loader.refersTo(null));
    }
}
