package io.coffer.store.log;

import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A process dies when it has renamed a manifest and before it has synced that, and the power fails while the next one opens the store: the
 * manifest before may be back, and lists what the newer one did not.
 */
class InheritedManifestTest {
    private static final long SEED = 4;

    private final HintedLog log = new HintedLog();

    @Test
    void open_manifestRenamedAndNotSynced_deletesNothingThatTheOneBeforeLists() throws IOException {
        // What was written last is sealed when it is opened: there is no head, whose names recovery would sync.
        var files = new SimulatedFiles(written(), SEED);
        var store = log.open(files, Recovery.STRICT);
        List<SimulatedFiles> inherited = new ArrayList<>();
        files.afterEachChange(() -> {
            var calls = files.recentCalls();
            if (calls.get(calls.size() - 1).startsWith("RENAME MANIFEST")) {
                inherited.add(files.crash().inherited(SEED));
            }
        });
        store.tick();
        assertThat(files.list()).doesNotContain(HintedLog.SEGMENT);
        assertThat(inherited).isNotEmpty();
        var expected = log.contents(store);

        for (var disk : inherited) {
            Set<DiskImage> images = new HashSet<>();
            disk.afterEachChange(() -> images.addAll(disk.crash().images(CrashMode.ADVERSARIAL, 8, 100, SEED)));
            assertThat(log.contents(log.open(disk, Recovery.STRICT))).isEqualTo(expected);
            assertThat(images).isNotEmpty();
            for (var image : images) {
                assertThat(log.contents(log.open(new SimulatedFiles(image, SEED), Recovery.STRICT))
                                .keySet())
                        .isSubsetOf(expected.keySet());
            }
        }
    }

    /** A killed store whose first segments nobody needs any more. */
    private DiskImage written() throws IOException {
        var directory = new SimulatedFiles();
        var killed = log.open(directory, Recovery.STRICT);
        for (int round = 0; round < 2; round++) {
            for (var key : HintedLog.KEYS) {
                put(killed, key, round + "x".repeat(250));
            }
        }
        return directory.crash().killed();
    }
}
