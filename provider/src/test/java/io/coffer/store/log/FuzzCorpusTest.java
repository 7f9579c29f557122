package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What coverage-guided fuzzing has found worth keeping is tried in every build; profile {@code fuzz} looks for more. */
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    private static List<Path> inputs(FuzzTarget target) throws IOException {
        try (var files = Files.list(CORPUS.resolve(target.name().toLowerCase(Locale.ROOT)))) {
            return files.sorted().toList();
        }
    }

    /** Some inputs of each target are accepted and some refused, or they would try nothing. */
    @ParameterizedTest
    @EnumSource
    void read_eachInputOfTheCorpus_isAsDocumented(FuzzTarget target) throws IOException {
        List<Path> accepted = new ArrayList<>();
        List<Path> refused = new ArrayList<>();
        for (var input : inputs(target)) {
            try {
                (target.accepts(Files.readAllBytes(input)) ? accepted : refused).add(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(target + ", " + input.getFileName(), e);
            }
        }
        assertThat(accepted).hasSizeGreaterThan(1);
        assertThat(refused).hasSizeGreaterThan(1);
    }

    /** So that directories among the seeds can be made of stores. */
    @Test
    void accepts_packedStore_opensIt() throws IOException {
        var files = new SimulatedFiles(DiskImage.EMPTY, 1);
        var session = new LogSubject(Durability.NONE, Recovery.STRICT, LogSubject.SMALL, 1).open(files);
        session.put("a", "1");
        var input = new ByteArrayOutputStream();
        input.write(0);
        input.writeBytes(FuzzDirectory.pack(files.crash().killed()));

        assertThat(FuzzTarget.DIRECTORY.accepts(input.toByteArray())).isTrue();
    }
}
