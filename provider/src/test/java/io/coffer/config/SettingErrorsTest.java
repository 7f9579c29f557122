package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong values of every setting, and the message that each gets, word for word: see wrong-values.txt. */
class SettingErrorsTest {
    private static final List<WrongValue> ALL = WrongValue.all();

    @TempDir
    Path folder;

    static List<WrongValue> wrongValues() {
        return ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongValues")
    void read_wrongValue_isRefusedWordForWord(WrongValue wrong) {
        var uri = CofferJson.write(folder, wrong.text());

        assertThat(new Reader(folder).with("SET", "seven").refusalOf(uri)).isEqualTo(wrong.message(uri.toString()));
    }

    static Stream<Arguments> levels() {
        return Stream.of(
                Arguments.of("top", Vocabulary.ofTop()),
                Arguments.of("cache", Vocabulary.ofCache()),
                Arguments.of("stores", Settings.OF_LATER_STORES),
                Arguments.of("expiry", Vocabulary.ofExpiry()),
                Arguments.of("key", Vocabulary.ofKey()),
                Arguments.of("listeners", Vocabulary.ofListener()));
    }

    /** Whoever adds a setting adds its wrong values. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void table_everySettingThereIs_hasWrongValues(String level, Set<String> names) {
        assertThat(names).isNotEmpty();
        assertThat(names.stream().filter(name -> ALL.stream().noneMatch(row -> isOf(row, level, name))))
                .isEmpty();
    }

    private static boolean isOf(WrongValue row, String level, String name) {
        return switch (level) {
            case "top" -> !row.isOfCache() && row.isOf(name);
            case "cache", "stores" -> row.isOfCache() && row.isOf(name);
            default -> row.isOfCache() && row.isOf(level, name);
        };
    }

    @Test
    void table_everyRow_saysWhatIsExpectedAndDiffersFromOthers() {
        assertThat(ALL)
                .hasSizeGreaterThan(400)
                .allSatisfy(
                        row -> assertThat(row.errors()).as("errors of %s", row).isNotEmpty());
        assertThat(ALL.stream().map(row -> row.isOfCache() + row.line())).doesNotHaveDuplicates();
    }
}
