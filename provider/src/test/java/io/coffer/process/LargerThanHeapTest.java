package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.store.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on disk need not fit into memory, neither to be written nor to be gone through. */
class LargerThanHeapTest {
    @TempDir
    Path folder;

    @Test
    void iterator_tenTimesTheHeap_showsEachEntryOnce() throws IOException {
        try (var child = ChildJvm.startWithHeapOf("24m", Hoarder.class, folder)) {
            long heap = number(child);
            assertThat(number(child)).as("bytes put").isGreaterThan(heap * 19 / 2);

            assertThat(number(child)).isEqualTo(Hoarder.ENTRIES);
            assertThat(number(child))
                    .as("the sum of the keys")
                    .isEqualTo((long) Hoarder.ENTRIES * (Hoarder.ENTRIES - 1) / 2);
        }
    }

    private static long number(ChildJvm child) throws IOException {
        var line = child.line();
        assertThat(line)
                .as("a line of the child, which has failed if there is none")
                .isNotNull();
        return Long.parseLong(line);
    }
}
