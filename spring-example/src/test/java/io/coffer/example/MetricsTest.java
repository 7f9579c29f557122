package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Micrometer reads the statistics of JCache from JMX; the actuator shows them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MetricsTest {

    private final Countries countries;
    private final Browser browser;

    @Autowired
    MetricsTest(Countries countries, @LocalServerPort int port) {
        this.countries = countries;
        browser = new Browser(port);
    }

    @Test
    void ask_missThenTwoHits_isWhatTheMetricsCount() throws Exception {
        countries.forget("Alemania");
        double hitsBefore = gets("countries", "hit");
        double missesBefore = gets("countries", "miss");

        countries.ask("Alemania");
        countries.ask("Alemania");
        countries.ask("Alemania");

        assertThat(gets("countries", "hit") - hitsBefore).isEqualTo(2);
        assertThat(gets("countries", "miss") - missesBefore).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"countries", "currencies", "zones"})
    void caches_everyCache_isListedByTheActuator(String cache) throws Exception {
        String names = browser.open("/actuator/caches").body();

        assertThat(JsonPath.<String>read(names, "$.cacheManagers.cacheManager.caches." + cache + ".target"))
                .isNotEmpty();
    }

    private double gets(String cache, String result) throws IOException, InterruptedException {
        String metric = browser.open("/actuator/metrics/cache.gets?tag=cache:" + cache + "&tag=result:" + result)
                .body();
        return JsonPath.<Double>read(metric, "$.measurements[0].value");
    }
}
