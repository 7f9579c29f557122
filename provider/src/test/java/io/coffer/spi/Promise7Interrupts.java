package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.scanned;
import static io.coffer.spi.StoreUnderTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Promise 7: an interrupt stops and fails no call, and stays pending. */
interface Promise7Interrupts extends StoreUnderTest {
    @Test
    default void call_interruptedBefore_worksAndStaysInterrupted() {
        interrupted(() -> put("a", "1"));
        interrupted(() -> expect("a", "1"));
        interrupted(() -> putAll(write("b", EntryStore.ANY, "2"), write("c", EntryStore.ANY, "3")));
        interrupted(() -> touch("b", store().clock().millis() + 600_000));
        interrupted(() -> remove("b"));
        interrupted(() -> store().invalidate(bytes("c")));
        interrupted(() -> assertThat(scanned(store())).containsOnlyKeys("a"));
        interrupted(() -> store().sync());
        interrupted(() -> assertThat(store().size()).isEqualTo(1));
        interrupted(() -> assertThat(store().counters().entries()).isEqualTo(1));
        interrupted(() -> store().clear());
        interrupted(() -> put("d", "4"));
        interrupted(this::reopen);

        assertThat(scanned(store())).containsOnlyKeys("d");
        expect("d", "4");
    }

    private static void interrupted(Runnable call) {
        Thread.currentThread().interrupt();
        try {
            call.run();
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }

    @Test
    default void call_interruptedInside_works() {
        var workers = new Thread[2];
        var done = new AtomicBoolean();
        Threads.race(
                3,
                i -> i < 2
                        ? () -> {
                            workers[i] = Thread.currentThread();
                            try {
                                for (int n = 0; n < 300; n++) {
                                    var key = "worker " + i + ", entry " + n % 20;
                                    put(key, "v" + n);
                                    assertThat(StoreUnderTest.text(entry(key).value()))
                                            .isEqualTo("v" + n);
                                }
                            } finally {
                                done.set(true);
                                Thread.interrupted();
                            }
                        }
                        : () -> {
                            while (!done.get()) {
                                for (var worker : workers) {
                                    if (worker != null) {
                                        worker.interrupt();
                                    }
                                }
                                Thread.onSpinWait();
                            }
                        });
        assertThat(store().size()).isEqualTo(40);
    }
}
