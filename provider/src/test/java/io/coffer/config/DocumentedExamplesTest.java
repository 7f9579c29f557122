package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that is shown to users is one. */
class DocumentedExamplesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```jsonc?\\R(.*?)^ *```");

    /** Classes of users, as the examples call them. */
    private static final Pattern USERS_CLASS = Pattern.compile("\"(com\\.acme|io\\.coffer\\.example)\\.[\\w.$]+\"");

    private static final String ANY_CLASS = "\"io.coffer.config.AllRoles\\$Fit\"";

    @TempDir
    Path folder;

    /** An example, and where it stands. */
    record Example(String place, String text) {
        @Override
        public String toString() {
            return place;
        }
    }

    static List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        for (var page : pages()) {
            var text = Files.readString(page);
            var blocks = BLOCK.matcher(text);
            while (blocks.find()) {
                if (blocks.group(1).contains("\"caches\"") || blocks.group(1).contains("\"defaults\"")) {
                    long line = text.substring(0, blocks.start()).lines().count() + 1;
                    examples.add(new Example(ROOT.relativize(page) + ":" + line, blocks.group(1)));
                }
            }
        }
        for (var file : files(ROOT.resolve("spring-example/src"), "coffer.json")) {
            examples.add(new Example(ROOT.relativize(file).toString(), Files.readString(file)));
        }
        return examples;
    }

    private static List<Path> pages() {
        var pages = new ArrayList<Path>();
        pages.add(ROOT.resolve("README.md"));
        pages.addAll(files(ROOT.resolve("docs"), ".md"));
        return pages;
    }

    private static List<Path> files(Path from, String end) {
        try (Stream<Path> files = Files.walk(from)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void example_shownToUsers_isValidForTheSchema(Example example) {
        assertThat(new ShippedSchema().errors(example.text())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void example_shownToUsers_isReadWithoutAnError(Example example) {
        var text = USERS_CLASS.matcher(example.text()).replaceAll(ANY_CLASS);

        assertThat(catchThrowable(() -> new Reader(folder).read(text))).isNull();
    }

    @Test
    void examples_areFoundInTheReadmeAndOnThePages() throws IOException {
        assertThat(examples().stream().map(Example::place))
                .anyMatch(place -> place.startsWith("README.md"))
                .anyMatch(place -> place.startsWith("docs"))
                .hasSizeGreaterThan(5);
    }

    @Test
    void page_everySetting_isOnIt() throws IOException {
        var page = Files.readString(PAGE);

        assertThat(Stream.of(Vocabulary.ofTop(), Vocabulary.ofCache(), Vocabulary.ofExpiry(), Vocabulary.ofListener())
                        .flatMap(Set::stream)
                        .filter(name -> !page.contains("`" + name + "`") && !page.contains("\"" + name + "\"")))
                .isEmpty();
    }
}
