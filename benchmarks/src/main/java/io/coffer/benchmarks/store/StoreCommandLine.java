package io.coffer.benchmarks.store;

import io.coffer.benchmarks.Effort;
import io.coffer.benchmarks.Words;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The words of the command line. */
final class StoreCommandLine {
    private static final int ENTRIES = 1_000_000;
    private static final int VALUE_BYTES = 256;

    private List<StoreRow> rows = List.of(StoreRow.values());
    private List<EngineKind> engines = EngineKind.published();
    private int entries = ENTRIES;
    private int valueBytes = VALUE_BYTES;
    private Path folder = besideTheJar();
    private int forks;
    private boolean quick;
    private boolean inProcessorTime;

    private StoreCommandLine() {}

    static String usage() {
        return """
                java -cp benchmarks.jar io.coffer.benchmarks.store.Stores [options]
                  --quick          one fork, short iterations: six minutes for four engines
                  --processor-time count the measuring threads' time on a processor: while others use the machine
                  --rows a,b       of %s
                  --engines a,b    of %s
                  --entries n      1000000 unless told otherwise
                  --value-bytes n  256 unless told otherwise
                  --forks n        fresh JVMs for each row and engine
                  --folder path    where the stores are made and deleted; beside the jar unless told otherwise
                """.formatted(
                        Words.ids(StoreRow.values(), StoreRow::id), Words.ids(EngineKind.values(), EngineKind::id));
    }

    /** Throws IllegalArgumentException with what would be right. */
    static StorePlan parse(List<String> arguments) {
        var line = new StoreCommandLine();
        var words = new Words(arguments);
        while (!words.isEmpty()) {
            line.accept(words.next(), words);
        }
        return line.plan();
    }

    private void accept(String option, Words words) {
        switch (option) {
            case "--quick" -> quick = true;
            case "--processor-time" -> inProcessorTime = true;
            case "--rows" ->
                rows = words.listOf(option, StoreRow::named).stream()
                        .flatMap(List::stream)
                        .toList();
            case "--engines" ->
                engines = words.listOf(option, word -> Words.find(EngineKind.values(), EngineKind::id, word));
            case "--entries" -> entries = Words.positive(words.valueOf(option));
            case "--value-bytes" -> valueBytes = Words.positive(words.valueOf(option));
            case "--forks" -> forks = Words.positive(words.valueOf(option));
            case "--folder" -> folder = Path.of(words.valueOf(option));
            default -> throw new IllegalArgumentException("Unknown option " + option);
        }
    }

    private StorePlan plan() {
        var effort = new Effort(
                forks > 0 ? forks : quick ? 1 : 2, quick ? Effort.Pace.QUICK : Effort.Pace.FULL, inProcessorTime);
        return new StorePlan(rows, engines, entries, valueBytes, folder, effort);
    }

    private static Path besideTheJar() {
        try {
            return Path.of(StoreCommandLine.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("stores");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
