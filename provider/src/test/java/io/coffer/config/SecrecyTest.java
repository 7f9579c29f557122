package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in {@code key}, or in an environment variable, is told to nobody. */
class SecrecyTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path folder;

    static List<String> misplacedKeys() {
        return List.of(
                CofferJson.ofBooks("\"key\": \"hunter2\""),
                CofferJson.ofBooks("\"key\": [\"hunter2\"]"),
                CofferJson.ofBooks("\"key\": { \"file\": \"hunter2\" }"),
                CofferJson.ofBooks("\"key\": { \"hunter2\": 5 }"),
                CofferJson.ofBooks("\"key\": hunter2"),
                CofferJson.ofBooks("\"key\": { \"file\": hunter2 }"),
                CofferJson.ofBooks("\"key\": 'hunter2'"),
                CofferJson.ofBooks("\"key\": \"hunter2"),
                CofferJson.ofBooks("\"key\": \"hunter2\\q\""),
                CofferJson.ofBooks("\"key\": \"hunter2\nhunter2\""),
                CofferJson.ofBooks("\"key\": \"hunter2\" hunter2"),
                CofferJson.ofBooks("\"key\": true_hunter2"),
                CofferJson.ofBooks("\"key\": 5hunter2"),
                CofferJson.ofBooks("\"key\": \"hunter2\", \"key\": \"hunter2\""),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"fernetKeys\": [\"hunter2\"]"),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": \"hunter2\""),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"hunter2\": 5 }"),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"secret\": \"hunter2\" }"),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": [{ \"env\": \"K\" }, \"hunter2\"]"),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"env\": \"-hunter2\" }"),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"passphraseEnv\": \"hunter2 hunter2\" }"),
                CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"provider\": \"hunter2\" }"),
                CofferJson.ofBooks(
                        "\"store\": \"encrypted\", \"key\": { \"file\": \"hunter2\", \"env\": \"hunter2\" }"),
                CofferJson.ofBooks("\"expiry\": { \"key\": \"hunter2\" }"),
                "{ \"defaults\": { \"key\": \"hunter2\" } }",
                "{ \"defaults\": { \"Key\": \"hunter2\" } }",
                "{ \"caches\": { \"key\": \"hunter2\" } }",
                "{ \"key\": \"hunter2\" }",
                "{ \"key\": { \"file\": \"hunter2\" } }");
    }

    @ParameterizedTest
    @MethodSource("misplacedKeys")
    void read_key_isNotTold(String text) {
        assertRefusedInSilence(text, Map.of(), new Properties());
    }

    static Stream<Arguments> misplacedProperties() {
        return Stream.of(
                Arguments.of("coffer.key", "{ }"),
                Arguments.of("coffer.caches.key", "{ }"),
                Arguments.of("coffer.caches.books.key", "{ }"),
                Arguments.of("coffer.caches.books.key.file", CofferJson.ofBooks("\"key\": \"hunter2\"")),
                Arguments.of("coffer.defaults.key", "{ }"),
                Arguments.of("coffer.defaults.key.file", "{ \"defaults\": { \"key\": \"hunter2\" } }"));
    }

    @ParameterizedTest
    @MethodSource("misplacedProperties")
    void read_keyAsProperty_isNotTold(String property, String text) {
        var properties = new Properties();
        properties.setProperty(property, SECRET);

        assertRefusedInSilence(text, Map.of(), properties);
    }

    /** Every place where a variable may stand, with a value that it cannot have there. */
    static Stream<Arguments> variables() {
        return Vocabulary.ofCache().stream()
                .sorted()
                .filter(setting -> !setting.equals("expiry"))
                .flatMap(setting -> Stream.of(SECRET, "com.acme." + SECRET, "99999999999999999999" + SECRET)
                        .map(value -> Arguments.of("\"" + setting + "\": \"${VARIABLE}\"", value)));
    }

    static Stream<Arguments> nestedVariables() {
        return Stream.concat(
                        Vocabulary.ofExpiry().stream()
                                .sorted()
                                .map(name -> "\"expiry\": { \"" + name + "\": \"${VARIABLE}\" }"),
                        Vocabulary.ofListener().stream()
                                .sorted()
                                .map(name -> "\"listeners\": [{ \"class\": \"io.coffer.config.AllRoles$Fit\", \"" + name
                                        + "\": \"${VARIABLE}\" }]"))
                .map(text -> text.replace("\"class\": \"io.coffer.config.AllRoles$Fit\", \"class\"", "\"class\""))
                .map(text -> Arguments.of(text, SECRET));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource({"variables", "nestedVariables"})
    void read_variable_isNotTold(String settings, String value) {
        assertRefusedInSilence(CofferJson.ofBooks(settings), Map.of("VARIABLE", value), new Properties());
    }

    /** Times whose number is too large for one conversion or another. */
    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999s", "9223372036854775807s", "9223372036854775807d", "-PT7777777777H"})
    void read_variableWithAnImpossibleTime_isNotTold(String value) {
        var thrown = refusal(
                CofferJson.ofBooks("\"expiry\": { \"created\": \"${VARIABLE}\" }"),
                Map.of("VARIABLE", value),
                new Properties());

        var folderName = folder.getFileName().toString(); // random digits, which may be any
        assertThat(thrown.getMessage().replace(folderName, "folder"))
                .contains("found \"${VARIABLE}\"")
                .doesNotContain("99999", "92233", "7777", "796");
    }

    @Test
    void toString_ofWhatIsPublic_tellsNothingOfTheFile() {
        var configuration = new Reader(folder)
                .with("VARIABLE", SECRET)
                .read(
                        "{ \"$schema\": \"${VARIABLE}\", \"caches\": { \"books\": { \"maxEntries\": \"${X:77777}\" } } }");
        var filledIn = configuration.fillIn(
                "books", new io.coffer.CofferConfiguration<>(), SecrecyTest.class.getClassLoader());

        var told = configuration.toString() + configuration.source() + filledIn;
        assertThat(told.replaceAll("@[0-9a-f]+", "")) // hash codes, as random
                .doesNotContain(SECRET, "VARIABLE", "77777");
        assertThat(filledIn.getMaxEntries()).isEqualTo(77_777);
    }

    private void assertRefusedInSilence(String text, Map<String, String> environment, Properties properties) {
        for (var cause = refusal(text, environment, properties); cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
    }

    private Throwable refusal(String text, Map<String, String> environment, Properties properties) {
        var uri = CofferJson.write(folder, text);
        var loader = SecrecyTest.class.getClassLoader();
        var thrown = catchThrowable(() -> ManagerConfiguration.read(uri, false, loader, properties, environment::get));
        assertThat(thrown).isExactlyInstanceOf(CacheException.class);
        return thrown;
    }
}
