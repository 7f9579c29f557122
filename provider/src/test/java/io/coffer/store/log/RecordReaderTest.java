package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a store does not show by itself: two keys of one fingerprint, which nobody has found yet. */
class RecordReaderTest {
    @Test
    void read_anotherKeyOfTheSameFingerprint_isAbsent() throws IOException {
        var files = new SimulatedFiles();
        var options = Logs.options(Durability.NONE, new FakeClock());
        var parts = new LogParts(files, options, LogRecovery.recover(files, options));
        parts.begin();
        var fingerprint = parts.fingerprints.of(bytes("a"));
        parts.gate.enter(false, 100);
        try {
            parts.changes.write(fingerprint, bytes("a"), EntryStore.ANY, bytes("1"), EntryStore.ETERNAL);
        } finally {
            parts.gate.exit();
        }

        var entry = parts.reader.read(fingerprint, bytes("a"));
        assertThat(entry).isNotNull();
        assertThat(entry.value()).isEqualTo(bytes("1"));
        assertThat(parts.reader.read(fingerprint, bytes("b"))).isNull();
    }
}
