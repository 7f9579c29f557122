package io.coffer.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CacheDeadlockException;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wait that would never end is refused, to exactly one of those in the circle, and the others go on. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CacheDeadlockTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final Cache<String, String> cache = fixture.create("first", CacheFixture.configuration());
    private final Cache<String, String> other = fixture.create("second", CacheFixture.configuration());

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
    }

    static Stream<Arguments> usesOfOwnKey() {
        return Stream.of(
                use("put", c -> c.put("k", "2")),
                use("getAndPut", c -> c.getAndPut("k", "2")),
                use("putIfAbsent", c -> c.putIfAbsent("k", "2")),
                use("replace", c -> c.replace("k", "2")),
                use("remove", c -> c.remove("k")),
                use("getAndRemove", c -> c.getAndRemove("k")),
                use("invoke", c -> c.invoke("k", (entry, arguments) -> null)),
                use("putAll", c -> c.putAll(Map.of("k", "2"))),
                use("removeAll of keys", c -> c.removeAll(Set.of("k"))),
                use("removeAll", Cache::removeAll),
                use("clear", Cache::clear));
    }

    private static Arguments use(String name, Consumer<Cache<String, String>> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usesOfOwnKey")
    void processor_changesItsOwnKeyThroughTheCache_isRefused(String name, Consumer<Cache<String, String>> call) {
        cache.put("k", "1");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("by the processor");
                    call.accept(cache);
                    return null;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .cause()
                .isInstanceOf(CacheDeadlockException.class)
                .hasMessageContaining("\"first\"")
                .hasMessageContaining("the caller itself")
                .hasMessageContaining("must not change the key it is called for");

        assertThat(cache.get("k")).isEqualTo("1");
        assertThat(cache.replace("k", "free again")).isTrue();
    }

    @Test
    void processor_readsItsOwnKeyThroughTheCache_seesTheOldValue() {
        cache.put("k", "1");

        String seen = cache.invoke("k", (entry, arguments) -> {
            entry.setValue("2");
            return cache.get("k") + cache.getAll(Set.of("k")).get("k") + cache.containsKey("k");
        });

        assertThat(seen).isEqualTo("11true");
        assertThat(cache.get("k")).isEqualTo("2");
    }

    @Test
    void nestedInvokeAll_onItsOwnKey_failsForThatKeyOnly() {
        var results = new ArrayList<String>();

        cache.invoke("k", (entry, arguments) -> {
            var nested = cache.<String>invokeAll(Set.of("k", "l"), (inner, none) -> "done");
            assertThatThrownBy(nested.get("k")::get)
                    .isInstanceOf(EntryProcessorException.class)
                    .hasCauseInstanceOf(CacheDeadlockException.class);
            results.add(nested.get("l").get());
            return null;
        });

        assertThat(results).containsExactly("done");
    }

    @Test
    void twoKeys_processorsUseEachOthers_oneIsRefused() {
        circle(List.of(cache, cache), List.of("a", "b"));
    }

    @Test
    void threeKeys_processorsUseTheNextOnes_oneIsRefused() {
        circle(List.of(cache, cache, cache), List.of("a", "b", "c"));
    }

    @Test
    void twoCaches_processorsUseEachOthers_oneIsRefused() {
        circle(List.of(cache, other), List.of("k", "k"));
    }

    @Test
    void fourKeysOfTwoCaches_processorsUseTheNextOnes_oneIsRefused() {
        circle(List.of(cache, other, cache, other), List.of("a", "a", "b", "b"));
    }

    /** Each thread holds its key before any asks for the next one. The last to ask closes the circle, and is refused. */
    private void circle(List<Cache<String, String>> caches, List<String> keys) {
        int size = keys.size();
        var allHold = new CyclicBarrier(size);
        var running = new ArrayList<Future<String>>();
        for (int i = 0; i < size; i++) {
            int next = (i + 1) % size;
            var own = caches.get(i);
            var key = keys.get(i);
            var name = "from " + i;
            running.add(tasks.start(() -> own.invoke(key, (entry, arguments) -> {
                entry.setValue("by its own");
                Tasks.await(allHold);
                caches.get(next).put(keys.get(next), name);
                return name;
            })));
        }
        var refused = new ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            if (isRefused(running.get(i))) {
                refused.add(i);
            }
        }

        assertThat(refused).hasSize(1);
        int victim = refused.get(0);
        int before = (victim + size - 1) % size;
        assertThat(caches.get(victim).get(keys.get(victim)))
                .as("the refused processor has changed nothing; then came who waited for its key")
                .isEqualTo("from " + before);
        int after = (victim + 1) % size;
        assertThat(caches.get(after).get(keys.get(after)))
                .as("the key that was refused has what its own processor set")
                .isEqualTo("by its own");
    }

    private static boolean isRefused(Future<String> processor) {
        try {
            Tasks.result(processor);
            return false;
        } catch (AssertionError e) {
            assertThat(e.getCause()).isInstanceOf(EntryProcessorException.class);
            assertThat(e.getCause().getCause())
                    .isInstanceOf(CacheDeadlockException.class)
                    .hasMessageContaining("a thread that waits for the caller");
            return true;
        }
    }

    /** Waiting for somebody who waits for nobody is no circle, however long the chain. */
    @Test
    void chainWithoutCircle_isNotRefused() {
        var holder = new CyclicBarrier(2);
        var go = new CyclicBarrier(2);
        var first = tasks.run(() -> cache.invoke("a", (entry, arguments) -> {
            Tasks.await(holder);
            Tasks.await(go);
            return null;
        }));
        Tasks.await(holder);
        var second = tasks.startParked(() -> other.invoke("b", (entry, arguments) -> cache.getAndPut("a", "second")));
        var third = tasks.startParked(() -> cache.invoke("c", (entry, arguments) -> other.getAndPut("b", "third")));
        var fourth = tasks.startParked(() -> cache.getAndPut("c", "fourth"));

        Tasks.await(go);

        Tasks.result(first);
        assertThat(Tasks.result(second)).isNull();
        assertThat(Tasks.result(third)).isNull();
        assertThat(Tasks.result(fourth)).isNull();
        assertThat(cache.get("a") + other.get("b") + cache.get("c")).isEqualTo("secondthirdfourth");
    }

    /** Nested in any order, at random: whatever is refused has changed nothing, and what is not refused is done. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nestedInAnyOrder_manyThreads_refusedOrDone(long seed) {
        var caches = List.of(cache, other);
        var done = new AtomicInteger();
        var running = new ArrayList<Future<Void>>();
        for (int thread = 0; thread < 6; thread++) {
            var random = new Random(seed * 6 + thread);
            running.add(tasks.run(() -> {
                for (int call = 0; call < 1_000; call++) {
                    done.addAndGet(addOne(caches.get(random.nextInt(2)), caches.get(random.nextInt(2)), random));
                }
            }));
        }

        running.forEach(Tasks::result);

        int sum = 0;
        for (var counted : caches) {
            for (var entry : counted) {
                sum += entry.getValue().length();
            }
        }
        assertThat(sum).as("seed " + seed).isEqualTo(done.get());
    }

    /** Lengthens the value of a key while another one is held; returns by how much. */
    private static int addOne(Cache<String, String> outer, Cache<String, String> inner, Random random) {
        var outerKey = "k" + random.nextInt(3);
        var innerKey = "k" + random.nextInt(3);
        try {
            outer.invoke(
                    outerKey,
                    (entry, arguments) -> inner.invoke(innerKey, (nested, none) -> {
                        nested.setValue(nested.exists() ? nested.getValue() + "x" : "x");
                        return null;
                    }));
            return 1;
        } catch (EntryProcessorException e) {
            assertThat(e).hasRootCauseInstanceOf(CacheDeadlockException.class);
            return 0;
        }
    }
}
