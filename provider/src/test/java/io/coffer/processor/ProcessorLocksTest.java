package io.coffer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.Tasks;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An EntryProcessor has its key for itself, as long as it likes, and nobody is kept from any other. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessorLocksTest {
    private static final int THREADS = 8;

    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        go.countDown();
        tasks.close();
        fixture.close();
    }

    /** Begins a processor that sets a value and then does not return until the latch opens. */
    private Future<Void> beginSlow(int key) {
        var slow = tasks.run(() -> cache.invoke(key, (entry, arguments) -> {
            entry.setValue(-1);
            entered.countDown();
            Tasks.await(go);
            return null;
        }));
        Tasks.await(entered);
        return slow;
    }

    /** With a fixed number of stripes instead of a lock for each key, some of ten thousand would share one. */
    @Test
    void slowProcessor_everyOtherKey_isFree() {
        var slow = beginSlow(0);

        for (int key = 1; key <= 10_000; key++) {
            cache.put(key, key);
        }

        assertThat(cache.<Integer>invoke(5_000, (entry, arguments) -> entry.getValue()))
                .isEqualTo(5_000);
        assertThat(slow).isNotDone();
    }

    @Test
    void slowProcessor_readersOfItsKey_seeTheOldValueAtOnce() {
        cache.put(0, 7);
        var slow = beginSlow(0);

        assertThat(cache.get(0)).isEqualTo(7);
        assertThat(cache.getAll(Set.of(0))).containsEntry(0, 7);
        assertThat(cache.containsKey(0)).isTrue();
        assertThat(cache)
                .hasSize(1)
                .allSatisfy(entry -> assertThat(entry.getValue()).isEqualTo(7));
        go.countDown();
        Tasks.result(slow);

        assertThat(cache.get(0)).isEqualTo(-1);
    }

    @Test
    void slowProcessor_onAbsentKey_readersSeeNothingYet() {
        var slow = beginSlow(0);

        assertThat(cache.get(0)).isNull();
        assertThat(cache.containsKey(0)).isFalse();
        assertThat(cache).isEmpty();
        go.countDown();
        Tasks.result(slow);

        assertThat(cache.get(0)).isEqualTo(-1);
    }

    @Test
    void slowProcessor_writersOfItsKey_waitAndComeAfterIt() {
        var slow = beginSlow(0);
        var writer = tasks.startParked(() -> cache.getAndPut(0, 1));
        var remover = tasks.startParked(() -> cache.replace(0, -2, 2));

        go.countDown();

        Tasks.result(slow);
        assertThat(Tasks.result(remover)).isFalse();
        assertThat(Tasks.result(writer)).isEqualTo(-1);
        assertThat(cache.get(0)).isEqualTo(1);
    }

    @Test
    void processor_usesOtherKeysAndCaches_mayDoSo() {
        Cache<Integer, Integer> other = fixture.create("other", CacheFixture.configuration());
        cache.put(1, 10);

        int result = cache.invoke(0, (entry, arguments) -> {
            cache.put(2, 20);
            other.put(0, 30);
            entry.setValue(cache.get(1) + cache.getAndRemove(2) + other.invoke(0, (nested, none) -> nested.getValue()));
            return entry.getValue();
        });

        assertThat(result).isEqualTo(60);
        assertThat(cache.get(0)).isEqualTo(60);
        assertThat(cache.containsKey(2)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void increments_byManyThreads_areExact(long seed) {
        int keys = 5;
        int calls = 2_000;
        var running = new ArrayList<Future<int[]>>();
        for (int thread = 0; thread < THREADS; thread++) {
            var random = new Random(seed * THREADS + thread);
            running.add(tasks.start(() -> incrementAtRandom(random, keys, calls)));
        }
        int[] expected = running.stream().map(Tasks::result).reduce(new int[keys], ProcessorLocksTest::sum);

        var found = IntStream.range(0, keys).map(cache::get).toArray();

        assertThat(found).as("seed " + seed).isEqualTo(expected);
    }

    private int[] incrementAtRandom(Random random, int keys, int calls) {
        EntryProcessor<Integer, Integer, Void> increment = (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
        };
        var done = new int[keys];
        for (int call = 0; call < calls; call++) {
            int key = random.nextInt(keys);
            int second = (key + 1) % keys;
            if (random.nextInt(4) == 0) {
                cache.invokeAll(Set.of(key, second), increment);
                done[second]++;
            } else {
                cache.invoke(key, increment);
            }
            done[key]++;
        }
        return done;
    }

    private static int[] sum(int[] left, int[] right) {
        return IntStream.range(0, left.length).map(i -> left[i] + right[i]).toArray();
    }

    /** Money moves between accounts, locked in one order by nested processors: none is lost, and nobody hangs. */
    @Test
    void nestedProcessors_inOneOrder_areAtomicTogether() {
        Stream.of(0, 1, 2).forEach(account -> cache.put(account, 1_000));
        var running = new ArrayList<Future<Void>>();
        for (int thread = 0; thread < THREADS; thread++) {
            var random = new Random(thread);
            running.add(tasks.run(() -> {
                for (int call = 0; call < 500; call++) {
                    int low = random.nextInt(2);
                    transfer(low, low + 1 + random.nextInt(2 - low), random.nextInt(21) - 10);
                }
            }));
        }

        running.forEach(Tasks::result);

        assertThat(cache.get(0) + cache.get(1) + cache.get(2)).isEqualTo(3_000);
    }

    private void transfer(int lower, int higher, int amount) {
        cache.invoke(
                lower,
                (from, none) -> cache.invoke(higher, (to, alsoNone) -> {
                    from.setValue(from.getValue() - amount);
                    to.setValue(to.getValue() + amount);
                    return null;
                }));
    }
}
