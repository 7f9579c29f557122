package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page, as a browser sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PageTest {

    private static final Pattern TIME_LEFT = Pattern.compile("<td class=\"time\">(\\d+) min \\d+ s</td>");

    private final Map<String, Lookup> lookups;
    private final Browser browser;

    @Autowired
    PageTest(Map<String, Lookup> lookups, @LocalServerPort int port) {
        this.lookups = lookups;
        browser = new Browser(port);
    }

    @BeforeEach
    void forgetEverything() {
        lookups.values().forEach(Lookup::forgetAll);
    }

    @Test
    void open_nothingCached_saysSoForEachCache() throws Exception {
        String page = browser.open("/").body();

        assertThat(page).contains("id=\"countries\"", "id=\"currencies\"", "id=\"zones\"");
        assertThat(page.split("Nothing is cached", -1)).hasSize(3 + 1);
    }

    @Test
    void ask_eachCache_showsTheEntriesAndTheTimeTheyHave() throws Exception {
        for (Map.Entry<String, Lookup> lookup : lookups.entrySet()) {
            browser.submit(
                    "/" + lookup.getKey() + "/ask",
                    Map.of("question", lookup.getValue().example()));
        }
        String page = browser.open("/").body();

        assertThat(page)
                .contains("Germany (DE) has this name in", "Swiss Franc (CHF) is used in", "Europe/Vaduz on")
                .doesNotContain("Nothing is cached");
        assertThat(TIME_LEFT.matcher(page).results().map(PageTest::minutes)) // less than before, but not by much
                .satisfiesExactly(
                        countries -> assertThat(countries).isBetween(5, 9),
                        currencies -> assertThat(currencies).isBetween(5, 9),
                        zones -> assertThat(zones).isBetween(25, 29));
    }

    @Test
    void ask_secondTime_showsACallThatMemoryAnswered() throws Exception {
        browser.submit("/countries/ask", Map.of("question", "Suecia"));
        String afterOne = browser.open("/").body();
        browser.submit("/countries/ask", Map.of("question", "Suecia"));
        String afterTwo = browser.open("/").body();

        assertThat(callsOf("Suecia", "memory").matcher(afterOne).results()).isEmpty();
        assertThat(callsOf("Suecia", "memory").matcher(afterTwo).results()).hasSize(1);
        assertThat(callsOf("Suecia", "search").matcher(afterTwo).results()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void ask_nothingTyped_asksForTheExample(String question) throws Exception {
        String page =
                browser.submit("/countries/ask", Map.of("question", question)).body();

        assertThat(page)
                .contains("placeholder=\"Alemania\"", "<td>Alemania</td>", "Germany (DE) has this name in")
                .doesNotContain("nothing found");
    }

    @Test
    void teach_noName_isRefusedAndCachesNothing() throws Exception {
        assertThat(browser.submit("/countries/teach", Map.of("question", " ", "line", "Netherlands (NL)"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.open("/").body()).doesNotContain("<div>Netherlands (NL)</div>");
    }

    @Test
    void teach_markup_isShownAsText() throws Exception {
        String page = browser.submit(
                        "/countries/teach",
                        Map.of("question", "\"><script>alert(1)</script>", "line", "<script>alert(2)</script>"))
                .body();

        assertThat(page)
                .contains("&quot;&gt;&lt;script&gt;alert(1)", "&lt;script&gt;alert(2)")
                .doesNotContain("<script>");
    }

    @Test
    void forget_oneOfTwo_leavesTheOther() throws Exception {
        browser.submit("/countries/teach", Map.of("question", "Holland", "line", "Netherlands (NL)"));
        browser.submit("/countries/teach", Map.of("question", "Persia", "line", "Iran (IR)"));

        String page = browser.submit("/countries/forget", Map.of("question", "Persia"))
                .body();

        assertThat(page).contains("<div>Netherlands (NL)</div>").doesNotContain("<div>Iran (IR)</div>");
    }

    @Test
    void forgetAll_twoEntries_leavesNone() throws Exception {
        browser.submit("/countries/teach", Map.of("question", "Holland", "line", "Netherlands (NL)"));
        browser.submit("/countries/teach", Map.of("question", "Persia", "line", "Iran (IR)"));

        String page = browser.submit("/countries/forget-all", Map.of()).body();

        assertThat(page).doesNotContain("<div>Netherlands (NL)</div>", "<div>Iran (IR)</div>");
    }

    @Test
    void ask_unknownCache_isNotFound() throws Exception {
        assertThat(browser.submit("/planets/ask", Map.of("question", "Mars")).statusCode())
                .isEqualTo(404);
    }

    private static int minutes(MatchResult timeLeft) {
        return Integer.parseInt(timeLeft.group(1));
    }

    private static Pattern callsOf(String question, String origin) {
        return Pattern.compile("<td>countries</td>\\s*<td>" + question
                + "</td>\\s*<td class=\"time\">[^<]*</td>\\s*<td>" + origin + "</td>");
    }
}
