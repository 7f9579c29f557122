package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetAsideTest {
    private final CapturedLog log = new CapturedLog();
    private final SimulatedFiles files = new SimulatedFiles();
    private final SetAside aside = new SetAside(files, new LogMessages("cache"), 100);

    @AfterEach
    void release() {
        log.close();
    }

    private void create(String name, int bytes) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, new byte[bytes], 0, bytes);
        }
    }

    @Test
    void finish_moreBytesThanAreKept_deletesTheOldest() throws IOException {
        create("000000000008.seg.aside", 30);
        create("000000000009.seg.40.aside", 30);
        create("000000000003.seg", 60);
        aside.file("000000000003.seg");

        aside.finish();

        assertThat(files.list()).containsExactly("000000000003.seg.aside", "000000000009.seg.40.aside");
        assertThat(log.warnings()).singleElement().asString().contains("Files: 1,", "Bytes: 60.");
    }

    @Test
    void finish_filesOfOthers_areLeft() throws IOException {
        create("notes.aside", 1000);
        create("000000000008.seg.text.aside", 1000);

        aside.finish();

        assertThat(files.list()).containsExactly("000000000008.seg.text.aside", "notes.aside");
        assertThat(log.warnings()).isEmpty();
    }
}
