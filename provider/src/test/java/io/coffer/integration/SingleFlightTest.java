package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CacheDeadlockException;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many ask for a missing key at the same time, by whatever method: its value is loaded once. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SingleFlightTest {
    private static final int THREADS = 16;

    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final RecordingLoader loader = new RecordingLoader();
    private final Cache<String, String> cache = fixture.create(
            "c",
            CacheFixture.<String, String>configuration().setReadThrough(true).setCacheLoaderFactory(loader.factory()));

    SingleFlightTest() {
        for (var key : Set.of("a", "b", "c", "d")) {
            loader.with(key, key + " loaded");
        }
        loader.doingFirst(() -> {
            entered.countDown();
            Tasks.await(go);
        });
    }

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
    }

    @Test
    void get_manyThreadsOneKey_loaderIsCalledOnce() {
        var results = new ArrayList<Future<String>>();
        for (int thread = 0; thread < THREADS; thread++) {
            results.add(tasks.startParked(() -> cache.get("a")));
        }

        go.countDown();

        assertThat(results)
                .allSatisfy(result -> assertThat(Tasks.result(result)).isEqualTo("a loaded"));
        assertThat(loader.drain()).containsExactly("load a");
        assertThat(fixture.counts("c")).isEqualTo("0h 16m 0p 0r 0e");
    }

    @Test
    void getAll_whileGetLoadsOneOfTheKeys_loadsOnlyTheOthers() {
        var get = tasks.start(() -> cache.get("a"));
        Tasks.await(entered);
        var getAll = tasks.start(() -> cache.getAll(Set.of("a", "b")));
        Tasks.awaitThat(() -> loaderHas("loadAll [b]"), "the other key to be loaded");

        go.countDown();

        assertThat(Tasks.result(get)).isEqualTo("a loaded");
        assertThat(Tasks.result(getAll)).isEqualTo(Map.of("a", "a loaded", "b", "b loaded"));
        assertThat(loader.drain()).containsExactly("load a", "loadAll [b]");
    }

    @Test
    void get_whileGetAllLoadsTheKey_waitsForIt() {
        var getAll = tasks.start(() -> cache.getAll(Set.of("a", "b")));
        Tasks.await(entered);
        var get = tasks.startParked(() -> cache.get("b"));

        go.countDown();

        assertThat(Tasks.result(get)).isEqualTo("b loaded");
        assertThat(Tasks.result(getAll)).containsOnlyKeys("a", "b");
        assertThat(loader.drain()).containsExactly("loadAll [a, b]");
    }

    @Test
    void getAll_overlappingAnother_eachKeyIsLoadedOnce() {
        var first = tasks.start(() -> cache.getAll(Set.of("a", "b", "c")));
        Tasks.await(entered);
        var second = tasks.start(() -> cache.getAll(Set.of("b", "c", "d")));
        Tasks.awaitThat(() -> loaderHas("loadAll [d]"), "the second getAll to load what is free");

        go.countDown();

        assertThat(Tasks.result(first)).containsOnlyKeys("a", "b", "c");
        assertThat(Tasks.result(second)).containsOnlyKeys("b", "c", "d");
        assertThat(loader.drain()).containsExactly("loadAll [a, b, c]", "loadAll [d]");
    }

    @Test
    void get_whileLoadAllLoadsTheKey_waitsForIt() throws Exception {
        var completion = new CompletionListenerFuture();
        cache.loadAll(Set.of("a", "b"), false, completion);
        Tasks.await(entered);
        var get = tasks.startParked(() -> cache.get("a"));

        go.countDown();

        assertThat(Tasks.result(get)).isEqualTo("a loaded");
        completion.get();
        assertThat(loader.drain()).containsExactly("loadAll [a, b]");
    }

    @Test
    void invoke_whileGetLoadsTheKey_findsItLoaded() {
        var get = tasks.start(() -> cache.get("a"));
        Tasks.await(entered);
        var invoke = tasks.startParked(() -> cache.<String>invoke("a", (entry, arguments) -> entry.getValue()));

        go.countDown();

        assertThat(Tasks.result(get)).isEqualTo("a loaded");
        assertThat(Tasks.result(invoke)).isEqualTo("a loaded");
        assertThat(loader.drain()).containsExactly("load a");
    }

    /** A load takes long; whoever does not ask for its key does not wait. */
    @Test
    void otherKeys_whileOneIsLoaded_areFree() {
        var get = tasks.start(() -> cache.get("a"));
        Tasks.await(entered);

        cache.put("b", "put");

        assertThat(cache.get("b")).isEqualTo("put");
        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache).hasSize(1);
        assertThat(get).isNotDone();
        go.countDown();
        assertThat(Tasks.result(get)).isEqualTo("a loaded");
    }

    /** Loaders that ask for what the other one is loading would wait for ever: one of them is refused. */
    @Test
    void loadersOfManyKeys_useEachOthersKeys_oneIsRefused() {
        var both = new CyclicBarrier(2);
        var deadlocked = new AtomicReference<Cache<String, String>>();
        deadlocked.set(fixture.create(
                "deadlocked",
                CacheFixture.<String, String>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> new CrosswiseLoader(both, deadlocked::get))));
        var first = tasks.start(() -> deadlocked.get().getAll(Set.of("a1", "a2")));
        var second = tasks.start(() -> deadlocked.get().getAll(Set.of("b1", "b2")));
        go.countDown();

        var outcomes = Stream.of(first, second).map(SingleFlightTest::outcome).toList();

        assertThat(outcomes).containsExactlyInAnyOrder("loaded", "refused");
    }

    private static String outcome(Future<Map<String, String>> getAll) {
        try {
            assertThat(Tasks.result(getAll)).hasSize(2);
            return "loaded";
        } catch (AssertionError e) {
            assertThat(e.getCause()).hasRootCauseInstanceOf(CacheDeadlockException.class);
            return "refused";
        }
    }

    /** Asks for a key that the other one is loading, once both have begun; that alone is then loaded without asking. */
    private record CrosswiseLoader(CyclicBarrier both, Supplier<Cache<String, String>> cache)
            implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            var loaded = new HashMap<String, String>();
            keys.forEach(key -> loaded.put(key, key));
            Tasks.await(both);
            cache.get().get(loaded.containsKey("a1") ? "b1" : "a1");
            return loaded;
        }
    }

    /** Overlapping getAlls and gets in any order: nobody hangs, and no key is loaded by two at the same time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mixedLoads_atRandom_noKeyIsLoadedTwiceAtATime(long seed) {
        var loading = ConcurrentHashMap.<Integer>newKeySet();
        var twice = new AtomicInteger();
        var checking = new CheckingLoader(loading, twice);
        Cache<Integer, Integer> checked = fixture.create(
                "checked",
                CacheFixture.<Integer, Integer>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> checking));
        var running = new ArrayList<Future<Void>>();
        for (int thread = 0; thread < 8; thread++) {
            var random = new Random(seed * 8 + thread);
            running.add(tasks.run(() -> {
                for (int call = 0; call < 500; call++) {
                    int key = random.nextInt(10);
                    switch (random.nextInt(4)) {
                        case 0 -> assertThat(checked.get(key)).isEqualTo(key);
                        case 1 ->
                            assertThat(checked.getAll(Set.of(key, 10 + key % 3, 20)))
                                    .hasSize(3);
                        case 2 -> checked.removeAll(Set.of(key, 20));
                        default -> checked.remove(10 + key % 3);
                    }
                }
            }));
        }

        running.forEach(Tasks::result);

        assertThat(twice).as("seed " + seed).hasValue(0);
    }

    /** Notices when it is asked for a key that it is loading already. */
    private record CheckingLoader(Set<Integer> loading, AtomicInteger twice) implements CacheLoader<Integer, Integer> {

        @Override
        public Integer load(Integer key) {
            if (!loading.add(key)) {
                twice.incrementAndGet();
            }
            Thread.yield();
            loading.remove(key);
            return key;
        }

        @Override
        public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            var loaded = new ConcurrentHashMap<Integer, Integer>();
            keys.forEach(key -> {
                if (!loading.add(key)) {
                    twice.incrementAndGet();
                }
                loaded.put(key, key);
            });
            Thread.yield();
            loading.removeAll(loaded.keySet());
            return loaded;
        }
    }

    private boolean loaderHas(String call) {
        return loader.calls().stream().anyMatch(made -> made.startsWith(call));
    }
}
