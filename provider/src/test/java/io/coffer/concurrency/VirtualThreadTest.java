package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * A virtual thread that waits in the cache, or in the user's code below it, leaves its carrier to others.
 *
 * <p>Each scene runs twice: on platform threads, so that all classes are loaded and initialized (which pins, and is nothing
 * of ours), and then on virtual threads, while the JVM reports every one that is pinned. There are more of them than
 * carriers, and a scene goes on only when all of them wait at once.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before JDK 21")
@Timeout(180)
class VirtualThreadTest {
    private static final int THREADS = 200;
    private static final int THREADS_A_KEY = 10;

    /** Holds up the user's code; a new one for each run of a scene. */
    private final AtomicReference<Gate> gate = new AtomicReference<>();

    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void invoke_everyProcessorWaitsOnAKeyOfItsOwn_pinsNobody() {
        Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());

        assertPinsNobody(i -> cache.invoke(i, (entry, arguments) -> {
            gate.get().pass();
            entry.setValue(i);
            return null;
        }));
    }

    @Test
    void invoke_processorsTakeTurnsOnOneKey_pinsNobody() {
        Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());
        cache.put(0, 0);

        assertPinsNobody(i -> cache.invoke(0, (entry, arguments) -> {
            gate.get().passByToken();
            entry.setValue(entry.getValue() + 1);
            return null;
        }));

        assertThat(cache.get(0)).as("increments of both runs").isEqualTo(2 * THREADS);
    }

    @Test
    void get_loaderWaits_pinsNobody() {
        var loads = new AtomicInteger();
        Cache<Integer, Integer> cache = fixture.create(
                "c",
                CacheFixture.<Integer, Integer>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> new WaitingLoader(() -> {
                            loads.incrementAndGet();
                            gate.get().pass();
                        })));

        assertPinsNobody(i -> {
            int key = i / THREADS_A_KEY;
            assertThat(cache.get(key)).isEqualTo(key);
        });

        assertThat(loads).as("loads in both runs").hasValue(2 * THREADS / THREADS_A_KEY);
    }

    @Test
    void put_everySynchronousListenerWaits_pinsNobody() {
        Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());
        listen(cache, true);

        assertPinsNobody(i -> cache.put(i, i));
    }

    @Test
    void put_synchronousListenersTakeTurns_pinsNobody() {
        Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());
        listen(cache, true);

        assertPinsNobody(i -> cache.put(0, i));
    }

    /** More than there are threads in the background: then those who put may have to tell the listener themselves. */
    @Test
    void put_asynchronousListenersWait_pinsNobody() {
        Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());
        listen(cache, false);

        assertPinsNobody(i -> cache.put(i, i));
    }

    /** Without this, no report might mean that nobody reports. A class initializer cannot leave its carrier. */
    @Test
    void await_inClassInitializer_isReported() throws Exception {
        var threads = virtualThreads();
        try (var pinned = new PinnedThreads()) {
            var initialized = threads.submit(() -> SlowlyInitialized.VALUE);
            Eventually.is(Initialization::isWaiting, true);
            Initialization.END.countDown();

            assertThat(initialized.get()).isEqualTo(1);
            assertThat(pinned.stop("io.coffer")).isNotEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertPinsNobody(IntConsumer scene) {
        play(Executors.newCachedThreadPool(), 0, scene);
        try (var pinned = new PinnedThreads()) {
            play(virtualThreads(), THREADS, scene);

            assertThat(pinned.stop("io.coffer")).isEmpty();
        }
    }

    /** Lets everybody come to rest before the gate is opened. */
    private void play(ExecutorService threads, int firstNumber, IntConsumer scene) {
        try {
            gate.set(new Gate(THREADS));
            var crew = new Crew(threads);
            for (int i = 0; i < THREADS; i++) {
                int number = firstNumber + i;
                crew.submit(() -> scene.accept(number));
            }
            Eventually.is(crew::atRest, THREADS);
            gate.get().open();
            crew.awaitEnd();
        } finally {
            threads.shutdownNow();
        }
    }

    private void listen(Cache<Integer, Integer> cache, boolean isSynchronous) {
        var listener = new WaitingListener(() -> gate.get().pass());
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, isSynchronous));
    }

    /** The method is younger than the release we compile for. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("A JDK without virtual threads", e);
        }
    }

    /** Waits while it is being initialized. */
    private static final class SlowlyInitialized {
        static final int VALUE = Initialization.await();
    }

    /** The initialization of that class, seen from outside. */
    private static final class Initialization {
        static final CountDownLatch END = new CountDownLatch(1);
        private static final AtomicReference<Thread> THREAD = new AtomicReference<>();

        static int await() {
            THREAD.set(Thread.currentThread());
            Gate.await(END);
            return 1;
        }

        static boolean isWaiting() {
            var thread = THREAD.get();
            return thread != null && thread.getState() == Thread.State.WAITING;
        }
    }
}
