package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The caching annotations, of JSR-107 and of Spring, seen from the caller: which call searches, and which does not. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LookupCachingTest {

    private final Map<String, Lookup> lookups;
    private final Countries countries;
    private final Searches searches;

    @Autowired
    LookupCachingTest(Map<String, Lookup> lookups, Countries countries, Searches searches) {
        this.lookups = lookups;
        this.countries = countries;
        this.searches = searches;
    }

    @BeforeEach
    void forgetEverything() {
        lookups.values().forEach(Lookup::forgetAll);
    }

    @ParameterizedTest
    @CsvSource({
        "countries,  Alemania,         Germany (DE) has this name in",
        "currencies, Schweizer Franken, Swiss Franc (CHF) is used in",
        "zones,      Europe/Zurich,    Europe/Vaduz on"
    })
    void ask_realQuestion_isAnsweredFromTheDataOfTheJdk(String cache, String question, String start) {
        Answer answer = lookups.get(cache).ask(question);

        assertThat(answer.question()).isEqualTo(question);
        assertThat(answer.lines()).anySatisfy(line -> assertThat(line).startsWith(start));
    }

    @ParameterizedTest
    @ValueSource(strings = {"countries", "currencies", "zones"})
    void ask_secondTime_returnsTheSameAnswerWithoutSearching(String cache) {
        Lookup lookup = lookups.get(cache);
        Answer first = lookup.ask(lookup.example());
        long searchesBefore = searches.count(cache);

        Answer second = lookup.ask(lookup.example());

        assertThat(second).isEqualTo(first);
        assertThat(searches.count(cache)).isEqualTo(searchesBefore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"countries", "currencies", "zones"})
    void ask_nothingFound_cachesTheEmptyAnswer(String cache) {
        Lookup lookup = lookups.get(cache);
        long searchesBefore = searches.count(cache);

        assertThat(lookup.ask("Atlantis").lines()).isEmpty();
        assertThat(lookup.ask("Atlantis").lines()).isEmpty();

        assertThat(searches.count(cache)).isEqualTo(searchesBefore + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"countries", "currencies", "zones"})
    void forget_oneOfTwoAnswers_searchesOnlyThatOneAgain(String cache) {
        Lookup lookup = lookups.get(cache);
        lookup.ask(lookup.example());
        lookup.ask("Atlantis");
        long searchesBefore = searches.count(cache);

        lookup.forget("Atlantis");

        lookup.ask(lookup.example());
        assertThat(searches.count(cache)).isEqualTo(searchesBefore);
        lookup.ask("Atlantis");
        assertThat(searches.count(cache)).isEqualTo(searchesBefore + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"countries", "currencies", "zones"})
    void forgetAll_twoAnswers_searchesBothAgain(String cache) {
        Lookup lookup = lookups.get(cache);
        lookup.ask(lookup.example());
        lookup.ask("Atlantis");
        long searchesBefore = searches.count(cache);

        lookup.forgetAll();

        lookup.ask(lookup.example());
        lookup.ask("Atlantis");
        assertThat(searches.count(cache)).isEqualTo(searchesBefore + 2);
    }

    @Test
    void teach_nameThatWasNeverAsked_isAnsweredWithoutSearching() {
        long searchesBefore = searches.count("countries");
        Answer taught = Answer.taught("Holland", "Netherlands (NL)");

        countries.teach("Holland", taught);

        assertThat(countries.ask("Holland")).isEqualTo(taught);
        assertThat(searches.count("countries")).isEqualTo(searchesBefore);
    }

    @Test
    void teach_nameThatHasAnAnswer_replacesIt() {
        countries.ask("Alemania");
        Answer taught = Answer.taught("Alemania", "Germany");

        countries.teach("Alemania", taught);

        assertThat(countries.ask("Alemania")).isEqualTo(taught);
    }

    @Test
    void ask_eightThreadsAtOnce_searchesOnceForAllOfThem() throws Exception {
        Lookup zones = lookups.get("zones");
        long searchesBefore = searches.count("zones");
        CyclicBarrier start = new CyclicBarrier(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return zones.ask("Europe/Zurich");
                }));
            }

            Set<Answer> different = new HashSet<>();
            for (Future<Answer> answer : answers) {
                different.add(answer.get());
            }

            assertThat(different).hasSize(1);
            assertThat(searches.count("zones")).isEqualTo(searchesBefore + 1);
        } finally {
            threads.shutdownNow();
        }
    }
}
