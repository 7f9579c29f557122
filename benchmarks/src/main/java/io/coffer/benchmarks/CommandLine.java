package io.coffer.benchmarks;

import java.util.List;
import java.util.Locale;

/** The words of the command line. */
final class CommandLine {
    private List<Row> rows = Row.published();
    private List<Contender> contenders = Contender.published();
    private List<Integer> threads = List.of();
    private int forks;
    private boolean quick;
    private boolean inProcessorTime;

    private CommandLine() {}

    static String usage() {
        return """
                java -jar benchmarks.jar [options]
                  --quick            one fork, one thread, short iterations: for a look while developing
                  --processor-time   count the measuring threads' time on a processor: while others use the machine
                  --rows a,b         of %s
                  --contenders a,b   of %s
                  --threads 1,2      how many threads at a time; each is a table of its own
                  --forks n          fresh JVMs for each row and contender
                The stores have a command line of their own: java -cp benchmarks.jar io.coffer.benchmarks.store.Stores --help
                """.formatted(Words.ids(Row.values(), Row::id), Words.ids(Contender.values(), CommandLine::id));
    }

    /** Throws IllegalArgumentException with what would be right. */
    static Plan parse(List<String> arguments) {
        var line = new CommandLine();
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
            case "--rows" -> rows = words.listOf(option, word -> Words.find(Row.values(), Row::id, word));
            case "--contenders" ->
                contenders = words.listOf(option, word -> Words.find(Contender.values(), CommandLine::id, word));
            case "--threads" -> threads = words.listOf(option, Words::positive);
            case "--forks" -> forks = Words.positive(words.valueOf(option));
            default -> throw new IllegalArgumentException("Unknown option " + option);
        }
    }

    private Plan plan() {
        return new Plan(
                rows,
                contenders,
                !threads.isEmpty() ? threads : quick ? List.of(1) : List.of(1, 2),
                new Effort(
                        forks > 0 ? forks : quick ? 1 : 2,
                        quick ? Effort.Pace.QUICK : Effort.Pace.FULL,
                        inProcessorTime));
    }

    private static String id(Contender contender) {
        return contender.name().toLowerCase(Locale.ROOT);
    }
}
