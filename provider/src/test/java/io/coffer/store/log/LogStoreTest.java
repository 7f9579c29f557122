package io.coffer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class LogStoreTest {
    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    @Test
    void writesAndRemovals_overManySegments_showTheLastVersion() throws IOException {
        var expected = new HashMap<String, String>();
        try (var store = LogStore.open(files, Logs.options(Durability.INTERVAL, clock))) {
            var random = new java.util.SplittableRandom(3);
            for (int i = 0; i < 5000; i++) {
                var key = "k" + random.nextInt(300);
                if (random.nextInt(4) == 0) {
                    store.remove(key.getBytes(UTF_8), EntryStore.ANY);
                    expected.remove(key);
                } else {
                    var value = "value" + i;
                    assertThat(store.write(
                                    key.getBytes(UTF_8), EntryStore.ANY, value.getBytes(UTF_8), EntryStore.ETERNAL))
                            .isPositive();
                    expected.put(key, value);
                }
                if (i % 100 == 0) {
                    store.tick();
                }
            }
            for (int i = 0; i < 300; i++) {
                var key = "k" + i;
                var entry = store.read(key.getBytes(UTF_8));
                assertThat(entry == null ? null : new String(entry.value(), UTF_8))
                        .as(key)
                        .isEqualTo(expected.get(key));
            }
            var seen = new HashSet<String>();
            try (var cursor = store.scan()) {
                for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                    assertThat(seen.add(new String(entry.key(), UTF_8))).isTrue();
                }
            }
            assertThat(seen).isEqualTo(expected.keySet());
            assertThat(store.size()).isEqualTo(expected.size());
        }
    }
}
