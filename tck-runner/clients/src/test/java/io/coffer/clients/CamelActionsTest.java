package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.JCacheConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action that a message can ask camel-jcache for. */
final class CamelActionsTest {
    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final CamelContexts camel = new CamelContexts();

    @BeforeEach
    void start() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").to("jcache:orders");
            }
        });
    }

    @Test
    void put_newKey_isInTheCacheOfTheDefaultManager() {
        request("PUT", "one", "book");

        assertThat(orders().get("one")).isEqualTo("book");
    }

    @Test
    void putall_bodyIsAMap_isAllInTheCache() {
        send("PUTALL", Map.of("one", "book", "two", "pen"), Map.of());

        assertThat(orders().get("one")).isEqualTo("book");
        assertThat(orders().get("two")).isEqualTo("pen");
    }

    @Test
    void putifabsent_absentThenPresent_putsOnceAndSaysSo() {
        assertThat(result(request("PUTIFABSENT", "one", "book"))).isEqualTo(true);
        assertThat(result(request("PUTIFABSENT", "one", "pen"))).isEqualTo(false);

        assertThat(orders().get("one")).isEqualTo("book");
    }

    @Test
    void get_presentAndAbsent_isTheBodyOrNull() {
        orders().put("one", "book");

        assertThat(body(request("GET", "one", null))).isEqualTo("book");
        assertThat(body(request("GET", "two", null))).isNull();
    }

    @Test
    void getall_someKeys_areTheBodyAsAMap() {
        orders().putAll(Map.of("one", "book", "two", "pen", "three", "ink"));

        var answer = send("GETALL", null, Map.of(JCacheConstants.KEYS, Set.of("one", "three", "four")));

        assertThat(body(answer)).isEqualTo(Map.of("one", "book", "three", "ink"));
    }

    @Test
    void getandput_getandreplace_getandremove_answerWithTheOldValue() {
        assertThat(body(request("GETANDPUT", "one", "book"))).isNull();
        assertThat(body(request("GETANDREPLACE", "one", "pen"))).isEqualTo("book");
        assertThat(body(request("GETANDREPLACE", "two", "ink"))).isNull();
        assertThat(body(request("GETANDREMOVE", "one", null))).isEqualTo("pen");

        assertThat(orders().containsKey("one")).isFalse();
        assertThat(orders().containsKey("two")).isFalse();
    }

    @Test
    void replace_withAndWithoutAnOldValue_replacesWhatIsThere() {
        orders().put("one", "book");

        assertThat(result(request("REPLACE", "one", "pen"))).isEqualTo(true);
        assertThat(result(request("REPLACE", "two", "pen"))).isEqualTo(false);
        assertThat(result(requestIfValueIs("wrong", "REPLACE", "one", "ink"))).isEqualTo(false);
        assertThat(result(requestIfValueIs("pen", "REPLACE", "one", "ink"))).isEqualTo(true);

        assertThat(orders().get("one")).isEqualTo("ink");
    }

    @Test
    void remove_withAndWithoutAnOldValue_removesWhatIsThere() {
        orders().putAll(Map.of("one", "book", "two", "pen"));

        assertThat(result(request("REMOVE", "one", null))).isEqualTo(true);
        assertThat(result(request("REMOVE", "one", null))).isEqualTo(false);
        assertThat(result(requestIfValueIs("wrong", "REMOVE", "two", null))).isEqualTo(false);
        assertThat(result(requestIfValueIs("pen", "REMOVE", "two", null))).isEqualTo(true);

        assertThat(orders()).isEmpty();
    }

    @Test
    void removeall_withKeys_removesThoseOnly() {
        orders().putAll(Map.of("one", "book", "two", "pen", "three", "ink"));

        send("REMOVEALL", null, Map.of(JCacheConstants.KEYS, Set.of("one", "three")));

        assertThat(orders()).extracting(Cache.Entry::getKey).containsExactly("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REMOVEALL", "CLEAR"})
    void removeall_clear_withoutKeys_leaveNothing(String action) {
        orders().putAll(Map.of("one", "book", "two", "pen"));

        send(action, null, Map.of());

        assertThat(orders()).isEmpty();
    }

    /** A lambda that is not serializable. Camel hands over its collection of arguments as the only argument. */
    @Test
    void invoke_oneKey_changesTheEntryAndAnswersWithTheResult() {
        orders().put("one", "book");
        EntryProcessor<Object, Object, Object> append = (entry, arguments) -> {
            entry.setValue(entry.getValue() + " and " + ((List<?>) arguments[0]).get(0));
            return "done";
        };

        var answer = send(
                "INVOKE",
                null,
                Map.of(
                        JCacheConstants.KEY,
                        "one",
                        JCacheConstants.ENTRY_PROCESSOR,
                        append,
                        JCacheConstants.ARGUMENTS,
                        List.of("pen")));

        assertThat(body(answer)).isEqualTo("done");
        assertThat(orders().get("one")).isEqualTo("book and pen");
    }

    @Test
    @SuppressWarnings("unchecked") // Camel's body is an Object
    void invoke_someKeys_answersWithAResultForEach() {
        orders().putAll(Map.of("one", "book", "two", "pen"));
        EntryProcessor<Object, Object, Object> length = (entry, arguments) -> ((String) entry.getValue()).length();

        var answer = send(
                "INVOKE",
                null,
                Map.of(JCacheConstants.KEYS, Set.of("one", "two"), JCacheConstants.ENTRY_PROCESSOR, length));

        var results = (Map<Object, EntryProcessorResult<Object>>) body(answer);
        assertThat(results.get("one").get()).isEqualTo(4);
        assertThat(results.get("two").get()).isEqualTo(3);
    }

    @Test
    void put_bodyIsChangedAfterwards_cacheKeepsWhatWasPut() {
        var body = new ArrayList<>(List.of("book"));
        request("PUT", "one", body);

        body.add("pen");

        assertThat(body(request("GET", "one", null))).isEqualTo(List.of("book"));
    }

    /** A stream can be read once; Camel's stream caching does not help, as what it makes is not serializable either. */
    @Test
    void put_bodyIsAStream_failsAndNamesTheClass() {
        var answer = request("PUT", "one", new ByteArrayInputStream(new byte[] {1, 2, 3}));

        assertThat(answer.getException())
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("Cache \"orders\", value: An object of org.apache.camel.converter.stream.")
                .hasMessageContaining("does not implement java.io.Serializable");
    }

    private Exchange request(String action, String key, Object body) {
        return send(action, body, Map.of(JCacheConstants.KEY, key));
    }

    private Exchange requestIfValueIs(String oldValue, String action, String key, Object body) {
        return send(action, body, Map.of(JCacheConstants.KEY, key, JCacheConstants.OLD_VALUE, oldValue));
    }

    private Exchange send(String action, Object body, Map<String, Object> headers) {
        return camel.send("direct:orders", exchange -> {
            exchange.getIn().setHeader(JCacheConstants.ACTION, action);
            exchange.getIn().getHeaders().putAll(headers);
            exchange.getIn().setBody(body);
        });
    }

    private static Object body(Exchange answer) {
        assertThat(answer.getException()).isNull();
        return answer.getMessage().getBody();
    }

    private static Object result(Exchange answer) {
        assertThat(answer.getException()).isNull();
        return answer.getMessage().getHeader(JCacheConstants.RESULT);
    }

    private Cache<Object, Object> orders() {
        return caches.manager().getCache("orders");
    }
}
