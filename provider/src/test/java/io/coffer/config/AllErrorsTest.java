package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has made several mistakes learns of all of them at once, in the order in which they stand. */
class AllErrorsTest {
    private static final String TIME =
            "expected a time of a millisecond or more with its unit, such as \"90s\", \"10m\", \"1h30m\", \"7d\" or \"PT10M\"";
    private static final String OF_STORES =
            "belongs to the JSON store, which this version does not have; to encrypt a log store, set \"store\": \"encrypted\" and \"key\"";

    @TempDir
    Path folder;

    private Reader reader;

    @BeforeEach
    void makeReader() {
        reader = new Reader(folder);
    }

    @Test
    void read_mistakesEverywhere_tellsAllInTheOrderOfLines() {
        var uri = CofferJson.write(folder, """
                {
                  "caches": {
                    "books": { "maxEntries": -1, "statistics": "on",
                      "expiry": { "created": 0, "updated": "1x" } },
                    "films": 5,
                    "songs": { "readThrough": true }
                  },
                  "version": 3,
                  "defaults": {
                    "maxBytes": "much",
                    "plain": true
                  },
                  "directory": "~/x"
                }
                """);

        assertThat(reader.refusalOf(uri))
                .isEqualTo(String.join(
                        "\n  ",
                        "Configuration " + uri + " has 10 errors:",
                        "coffer.json:3:30 (caches.books.maxEntries): found -1; expected a whole number such as 10000, or 0 for no bound",
                        "coffer.json:3:48 (caches.books.statistics): found \"on\"; expected true or false",
                        "coffer.json:4:30 (caches.books.expiry.created): found 0; " + TIME,
                        "coffer.json:4:44 (caches.books.expiry.updated): found \"1x\"; " + TIME,
                        "coffer.json:5:14 (caches.films): found a number; expected an object of settings, such as { }",
                        "coffer.json:6:16 (caches.songs): is read-through without a CacheLoader: set loader (setCacheLoaderFactory)",
                        "coffer.json:8:14 (version): found 3; expected 1, the only version of this format",
                        "coffer.json:10:17 (defaults.maxBytes): found \"much\"; expected a number of bytes such as 1048576,"
                                + " \"512KB\" or \"64MB\", or 0 for no bound",
                        "coffer.json:11:5 (defaults.plain): " + OF_STORES,
                        "coffer.json:13:16 (directory): found \"~/x\"; expected the path of a folder, such as"
                                + " \"/var/lib/acme/coffer\", \"./coffer\" or \"${HOME}/coffer\""));
    }

    @Test
    void read_mistakeInDefaults_isToldOnceHoweverManyCachesThereAre() {
        assertThat(reader.errorsOf("""
                { "defaults": { "maxEntries": "x" }, "caches": { "a": {}, "b": {}, "c": { "maxEntries": 1 } } }"""))
                .isEqualTo(
                        "coffer.json:1:31 (defaults.maxEntries): found \"x\"; expected a whole number such as 10000, or 0 for no bound");
    }

    @Test
    void read_contradictionsOfOneCache_areAllTold() {
        assertThat(reader.errorsOf(CofferJson.ofBooks(
                        "\"readThrough\": true, \"writeThrough\": true, \"storeByValue\": false, \"maxBytes\": 1")))
                .isEqualTo(
                        "coffer.json:1:26 (caches.books): is read-through without a CacheLoader: set loader (setCacheLoaderFactory)\n"
                                + "coffer.json:1:47 (caches.books): is write-through without a CacheWriter: set writer (setCacheWriterFactory)\n"
                                + "coffer.json:1:92 (caches.books): is bounded by maxBytes and stores by reference, so that nothing is encoded"
                                + " whose size could be taken: set weigher (setWeigher), or maxEntries instead (setMaxEntries)");
    }

    @Test
    void read_contradictionBesideAWrongValue_isToldUnlessItMayFollowFromThat() {
        assertThat(reader.errorsOf(CofferJson.ofBooks("\"maxEntries\": \"10k\", \"readThrough\": true")))
                .contains("(caches.books): is read-through without a CacheLoader")
                .contains("(caches.books.maxEntries): found \"10k\"");
        assertThat(reader.errorsOf(CofferJson.ofBooks("\"loader\": \"no.Such\", \"readThrough\": true")))
                .contains("(caches.books.loader): there is no class")
                .doesNotContain("is read-through without");
    }

    /** The name of a cache is no setting of it, whatever it is called. */
    @Test
    void read_contradictionInACacheNamedAsASetting_isTold() {
        assertThat(reader.errorsOf("""
                { "caches": { "a.loader.b": { "maxEntries": "10k", "readThrough": true } } }"""))
                .contains("(caches.a.loader.b): is read-through without a CacheLoader")
                .contains("(caches.a.loader.b.maxEntries): found \"10k\"");
    }

    @Test
    void read_wrongValueInDefaults_hidesWhatMayFollowFromIt() {
        assertThat(reader.errorsOf("""
                { "defaults": { "loader": "no.Such" }, "caches": { "books": { "readThrough": true } } }"""))
                .contains("(defaults.loader): there is no class")
                .doesNotContain("is read-through without");
    }

    @Test
    void read_contradictionBetweenDefaultsAndACache_isToldInTheCache() {
        assertThat(reader.errorsOf("""
                { "defaults": { "storeByValue": false }, "caches": { "books": { "maxBytes": 1 } } }"""))
                .startsWith("coffer.json:1:65 (caches.books): is bounded by maxBytes and stores by reference");
    }

    @Test
    void read_contradictionThatTheDefaultsBegin_isToldAtTheCache() {
        assertThat(reader.errorsOf("""
                { "defaults": { "maxBytes": 1 }, "caches": { "books": { "storeByValue": false } } }"""))
                .startsWith("coffer.json:1:55 (caches.books): is bounded by maxBytes and stores by reference");
    }

    @Test
    void read_mistakesInFileAndProperties_tellsTheProperties() {
        reader.withProperty("coffer.caches.books.statistics", "on").withProperty("coffer.caches.films.ttl", "5m");

        assertThat(reader.errorsOf(CofferJson.ofBooks("\"statistics\": true, \"management\": 1")))
                .isEqualTo("property coffer.caches.films.ttl (caches.films.ttl): there is no such setting;"
                        + " here it is called \"expiry\": { \"created\": … } or { \"updated\": … }\n"
                        + "property coffer.caches.books.statistics (caches.books.statistics): found \"on\";"
                        + " expected true or false\n"
                        + "coffer.json:1:60 (caches.books.management): found 1; expected true or false");
    }

    @Test
    void read_thousandsOfMistakes_messageStaysReadable() {
        var text = new StringBuilder("{ \"defaults\": {");
        for (int i = 0; i < 10_000; i++) {
            text.append("\n\"wrong").append(i).append("\": 1,");
        }
        text.append("} }");

        var uri = CofferJson.write(folder, text.toString());

        assertThat(reader.refusalOf(uri))
                .hasSizeLessThan(20_000)
                .startsWith("Configuration " + uri + " has 10000 errors:\n  coffer.json:2:")
                .contains("\n  coffer.json:21:")
                .doesNotContain("\n  coffer.json:200:")
                .endsWith(" more");
    }

    @Test
    void read_longOrManyLinedText_isShownCut() {
        var uri = CofferJson.write(
                folder, CofferJson.ofBooks("\"store\": \"first\\nsecond " + "x".repeat(1_000_000) + "\""));

        assertThat(reader.refusalOf(uri))
                .hasSizeLessThan(1_000)
                .hasLineCount(2)
                .contains("(caches.books.store): found \"first")
                .endsWith(
                        "; expected \"memory\", \"log\", \"encrypted\", or the full name of a class that implements io.coffer.spi.Storage");
    }
}
