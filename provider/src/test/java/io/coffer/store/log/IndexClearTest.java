package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clearing replaces all shards. Who holds an old one must be sent to the new. */
class IndexClearTest {
    private final Keys keys = new Keys(8);

    @Test
    void clear_shardsThatSomebodyHolds_areRetired() {
        var directory = new IndexDirectory(8);
        for (int i = 0; i < 100; i++) {
            var shard = directory.lockedWithRoom(keys.at(i).head());
            shard.put(keys.at(i).head(), keys.at(i).tail(), 1L << 50, 0, new SlotDeadline(0));
            shard.unlock();
        }
        var held = directory.shard(keys.at(1).head());
        assertThat(held.find(keys.at(1).head(), keys.at(1).tail(), new SlotDeadline(0)))
                .isEqualTo(new Slot(1L << 50, 0));

        directory.clear();

        assertThat(held.isRetired()).isTrue();
        assertThat(held.find(keys.at(1).head(), keys.at(1).tail(), new SlotDeadline(0)))
                .isSameAs(IndexShard.RETIRED);
        assertThat(directory.shard(keys.at(1).head())).isNotSameAs(held);
    }

    @Test
    void put_whileOthersClear_isLostOnlyToAClearThatIsNotOver() throws Exception {
        var index = new Index(0, 16);
        var clears = new AtomicInteger();
        var barrier = new CyclicBarrier(3);
        var pool = Executors.newFixedThreadPool(3);
        try {
            Callable<Void> clearer = () -> {
                barrier.await();
                for (int i = 0; i < 2_000; i++) {
                    clears.incrementAndGet();
                    index.clear();
                    clears.incrementAndGet();
                    for (int key = 0; key < 50; key++) {
                        index.put(keys.at(key), 1L << 50, 0);
                    }
                }
                return null;
            };
            var cleared = pool.submit(clearer);
            var one = pool.submit(() -> putAndFind(index, clears, barrier, 1_000));
            var other = pool.submit(() -> putAndFind(index, clears, barrier, 2_000));

            cleared.get(120, TimeUnit.SECONDS);
            assertThat(one.get(120, TimeUnit.SECONDS) + other.get(120, TimeUnit.SECONDS))
                    .isPositive();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Returns how often no clear came between, which is once at least: when the clears are over, none does. */
    private int putAndFind(Index index, AtomicInteger clears, CyclicBarrier barrier, int first) throws Exception {
        barrier.await();
        int undisturbed = 0;
        for (int i = 0;
                i < 40_000 || (undisturbed == 0 && !Thread.currentThread().isInterrupted());
                i++) {
            var key = keys.at(first + i % 700);
            int before = clears.get();
            index.put(key, 1L << 50, i);
            var slot = index.find(key);
            if (before % 2 == 0 && clears.get() == before) {
                assertThat(slot).isEqualTo(new Slot(1L << 50, i));
                undisturbed++;
            }
        }
        return undisturbed;
    }
}
