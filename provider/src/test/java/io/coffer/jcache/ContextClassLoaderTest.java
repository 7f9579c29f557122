package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.codec.JavaCodec;
import io.coffer.testing.ChildLoader;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;

/** The default class loader, which finds what the application that calls finds, be it one or the other. */
class ContextClassLoaderTest {
    private final ContextClassLoader loader = new ContextClassLoader();

    /** A class that each application has, of the same name. */
    public static final class Order implements Serializable {
        private static final long serialVersionUID = 1L;
        public int number = 7;
    }

    public interface Named {
        String name();
    }

    public static final class Answering implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "answer";
        }
    }

    public static final class OwnPolicy implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ETERNAL;
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }
    }

    /** Runs something as an application would, in its context class loader. */
    private static void inApplication(BiConsumer<ChildLoader, Object> action) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var application = new ChildLoader(ContextClassLoaderTest.class)) {
            thread.setContextClassLoader(application);
            action.accept(application, application.instance(Order.class));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void decode_twoApplications_eachGetsItsOwnClass() throws Exception {
        var codec = new JavaCodec<Object>();
        for (int i = 0; i < 2; i++) {
            inApplication((application, order) -> {
                var decoded = codec.decode(codec.encode(List.of(order, new Object[] {order})), loader);

                assertThat(((List<?>) decoded).get(0)).hasSameClassAs(order);
            });
        }
    }

    @Test
    void decode_twoApplicationsWithProxies_eachGetsItsOwnInterface() throws Exception {
        var codec = new JavaCodec<Object>();
        for (int i = 0; i < 2; i++) {
            inApplication((application, order) -> {
                var named = classOf(application, Named.class);
                var handler = (InvocationHandler) application.instance(Answering.class);
                var proxy = Proxy.newProxyInstance(application, new Class<?>[] {named}, handler);

                assertThat(named.isInstance(codec.decode(codec.encode(proxy), loader)))
                        .isTrue();
            });
        }
    }

    @Test
    void get_oneDefaultManagerForTwoApplications_givesEachItsOwnClass() throws Exception {
        try (var fixture = new CacheFixture()) {
            var cache = fixture.create("c", CacheFixture.<String, Object>configuration());
            for (int i = 0; i < 2; i++) {
                inApplication((application, order) -> {
                    cache.put("k", order);

                    assertThat(cache.get("k")).hasSameClassAs(order);
                });
            }
        }
    }

    @Test
    void createCache_factoryByClassName_makesAnObjectOfTheApplication() throws Exception {
        try (var fixture = new CacheFixture()) {
            inApplication((application, order) -> {
                var made = new LinkedBlockingQueue<Object>();
                var byName = FactoryBuilder.<ExpiryPolicy>factoryOf(OwnPolicy.class.getName());
                fixture.create("c", CacheFixture.<String, Object>configuration().setExpiryPolicyFactory(() -> {
                    var policy = byName.create();
                    made.add(policy);
                    return policy;
                }));

                assertThat(made.poll()).hasSameClassAs(application.instance(OwnPolicy.class));
            });
        }
    }

    @Test
    void getValue_asynchronousListener_getsAnObjectOfTheApplication() throws Exception {
        try (var fixture = new CacheFixture()) {
            inApplication((application, order) -> {
                var cache = fixture.create("c", CacheFixture.<String, Object>configuration());
                var heard = listenAsynchronously(cache);

                cache.put("k", order);

                assertThat(heardIn(heard)).hasSameClassAs(order);
            });
        }
    }

    private static LinkedBlockingQueue<Object> listenAsynchronously(Cache<String, Object> cache) {
        var heard = new LinkedBlockingQueue<Object>();
        CacheEntryCreatedListener<String, Object> listener = new CacheEntryCreatedListener<>() {
            @Override
            public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
                events.forEach(event -> heard.add(event.getValue()));
            }
        };
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, false));
        return heard;
    }

    private static Object heardIn(LinkedBlockingQueue<Object> heard) {
        try {
            return heard.poll(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Test
    void loadClass_noContext_isCoffersOwn() throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            assertThat(loader.loadClass(CheckedCache.class.getName())).isSameAs(CheckedCache.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void loadClass_contextIsTheLoaderItself_doesNotAskItselfForEver() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            assertThatThrownBy(() -> loader.loadClass("no.such.Class")).isInstanceOf(ClassNotFoundException.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void getResources_ofTheApplication_areFound() throws Exception {
        inApplication((application, order) -> {
            var name = Order.class.getName().replace('.', '/') + ".class";

            assertThat(loader.getResource(name)).isNotNull();
            assertThat(loader.getResourceAsStream(name)).isNotNull();
            assertThat(resources(name)).isNotEmpty();
        });
    }

    private List<?> resources(String name) {
        try {
            return Collections.list(loader.getResources(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> classOf(ChildLoader application, Class<?> original) {
        try {
            return application.loadClass(original.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
