package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environment variables in texts. */
class VariablesTest {
    private final Variables variables = new Variables(
            Map.of("SIZE", "5", "EMPTY", "", "DOLLAR", "${SIZE}", "BACK", "a\\1$1", "with.dot-and blank", "b")::get);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "${SIZE} | 5",
                "${SIZE}${SIZE} | 55",
                "a${SIZE}b${EMPTY}c | a5bc",
                "${UNSET:7} | 7",
                "${UNSET:} | ``",
                "${SIZE:7} | 5",
                "${EMPTY:7} | ``",
                "${UNSET:a:b} | a:b",
                "${UNSET:com.acme.App$Loader} | com.acme.App$Loader",
                "${DOLLAR} | ${SIZE}",
                "${BACK} | a\\1$1",
                "${with.dot-and blank} | b",
                "$${SIZE} | ${SIZE}",
                "$$${SIZE} | $${SIZE}",
                "$${${SIZE} | ${5",
                "$SIZE | $SIZE",
                "$ | $",
                "$$ | $$",
                "{SIZE} | {SIZE}",
                "} | }"
            })
    void in_text_hasTheValues(String text, String expected) {
        assertThat(variables.in(text)).isEqualTo(expected);
    }

    @Test
    void in_unset_saysWhatToDo() {
        assertThatThrownBy(() -> variables.in("${UNSET}"))
                .isInstanceOf(UnfitException.class)
                .hasMessage("the environment variable UNSET is not set; set it, or write ${UNSET:default}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${SIZE", "${}", "${:7}", "${UNSET:${SIZE}}", "${${SIZE}}", "${SIZE ${SIZE}"})
    void in_notWrittenRightly_isRefused(String text) {
        assertThatThrownBy(() -> variables.in(text))
                .isInstanceOf(UnfitException.class)
                .hasMessage("has ${ without a name and a } of its own; expected ${NAME} or ${NAME:default},"
                        + " or $${ for the text itself");
    }

    @Test
    void fillIn_everyKindOfSetting_takesVariables(@TempDir Path folder) {
        var reader = new Reader(folder)
                .with("TYPE", "String")
                .with("SIZE", "64")
                .with("TIME", "10")
                .with("YES", "true")
                .with("STORE", "mem");

        var books = reader.fillIn("books", CofferJson.ofBooks("""
                "store": "${STORE}ory", "keyType": "java.lang.${TYPE}", "maxEntries": "${SIZE}", "maxBytes": "${SIZE}MB",
                "expiry": { "created": "${TIME}m", "accessed": "${UNSET:eternal}" }, "statistics": "${YES}", "codec": "${CODEC:bytes}",
                "loader": "${LOADER:io.coffer.config.AllRoles$Fit}",
                "listeners": [{ "class": "io.coffer.config.AllRoles$Fit", "synchronous": "${YES}" }]
                """));

        assertThat(books.getKeyType()).isEqualTo(String.class);
        assertThat(books.getMaxEntries()).isEqualTo(64);
        assertThat(books.getMaxBytes()).isEqualTo(64L << 20);
        assertThat(books.isStatisticsEnabled()).isTrue();
        assertThat(books.getCodec()).isInstanceOf(io.coffer.codec.BytesCodec.class);
        assertThat(books.getCacheEntryListenerConfigurations()).singleElement().matches(each -> each.isSynchronous());
    }

    /** Names of caches and settings are taken as they are written. */
    @Test
    void read_variableInAName_staysAsItIs(@TempDir Path folder) {
        assertThat(new Reader(folder)
                        .with("X", "y")
                        .read("{ \"caches\": { \"${X}\": { } } }")
                        .cacheNames())
                .containsExactly("${X}");
    }
}
