package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.policy.JCachePolicy;
import org.apache.camel.component.jcache.processor.aggregate.JCacheAggregationRepository;
import org.apache.camel.component.jcache.processor.idempotent.JCacheIdempotentRepository;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.OptimisticLockingAggregationRepository;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Camel keeps in caches for its patterns: ids that were seen, exchanges that are being gathered, results of routes. */
final class CamelRepositoriesTest {
    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final CamelContexts camel = new CamelContexts();

    @Test
    void idempotentRepository_sameIdAgain_isFilteredOut() throws Exception {
        var seen = idempotentRepository();
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").idempotentConsumer(header("id"), seen).to("mock:out");
            }
        });

        List.of("a", "b", "a", "c", "b").forEach(id -> send(id, "body of " + id));

        assertThat(bodies(camel.mock("out"))).containsExactly("body of a", "body of b", "body of c");
        assertThat(seen.contains("a")).isTrue();
        assertThat(seen.contains("d")).isFalse();
    }

    /** Camel adds the id first, and removes it again if the exchange fails, so that it can be sent again. */
    @Test
    void idempotentRepository_exchangeFails_idIsForgotten() throws Exception {
        var seen = idempotentRepository();
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .idempotentConsumer(header("id"), seen)
                        .throwException(new IllegalStateException("cannot do it"));
            }
        });

        send("a", "body");

        assertThat(seen.contains("a")).isFalse();
    }

    @Test
    void idempotentRepository_eightThreadsAddOneId_oneIsFirst() throws Exception {
        var seen = idempotentRepository();
        seen.start();

        assertThat(Threads.sum(8, thread -> seen.add("a") ? 1 : 0)).isEqualTo(1);

        assertThat(seen.remove("a")).isTrue();
        assertThat(seen.add("a")).isTrue();
        seen.clear();
        assertThat(seen.contains("a")).isFalse();
        seen.stop();
    }

    @Test
    void aggregationRepository_severalGroupsAtOnce_eachIsGathered() throws Exception {
        var gathered = aggregationRepository(false);
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .aggregate(header("id"), CamelRepositoriesTest::joined)
                        .aggregationRepository(gathered)
                        .completionSize(3)
                        .to("mock:out");
            }
        });
        var out = camel.mock("out");
        out.expectedMessageCount(2);

        for (var part : List.of("1", "2", "3")) {
            send("a", "a" + part);
            send("b", "b" + part);
        }
        send("c", "c1");

        out.assertIsSatisfied();
        assertThat(bodies(out)).containsExactlyInAnyOrder("a1 a2 a3", "b1 b2 b3");
        assertThat(gathered.getKeys()).containsExactly("c");
    }

    @Test
    void aggregationRepository_exchangeIsAddedAndRead_comesBackWithBodyHeadersAndProperties() {
        var gathered = aggregationRepository(false);
        gathered.start();
        var exchange = exchange("book");
        exchange.getIn().setHeader("colour", "red");
        exchange.setProperty("size", 7);

        assertThat(gathered.add(camel.context(), "a", exchange)).isNull();
        var read = gathered.get(camel.context(), "a");

        assertThat(read.getExchangeId()).isEqualTo(exchange.getExchangeId());
        assertThat(read.getIn().getBody()).isEqualTo("book");
        assertThat(read.getIn().getHeader("colour")).isEqualTo("red");
        assertThat(read.getProperty("size")).isEqualTo(7);
        gathered.remove(camel.context(), "a", read);
        assertThat(gathered.get(camel.context(), "a")).isNull();
        gathered.stop();
    }

    /** Camel compares holders of exchanges, which have no equals: with values that are copied, none is like another. */
    @Test
    void aggregationRepository_optimistic_neverSucceedsByValue() {
        var gathered = aggregationRepository(true);
        gathered.start();
        var first = exchange("book");
        gathered.add(camel.context(), "a", null, first);

        assertThatThrownBy(() -> gathered.add(camel.context(), "a", first, exchange("pen")))
                .isInstanceOf(OptimisticLockingAggregationRepository.OptimisticLockingException.class);
        gathered.stop();
    }

    @Test
    void policy_sameBodyAgain_skipsTheRoute() throws Exception {
        var policy = new JCachePolicy();
        policy.setCacheManager(caches.manager());
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("slow").policy(policy).to("mock:out").setBody(simple("answer to ${body}"));
            }
        });

        assertThat(send("a", "question").getMessage().getBody()).isEqualTo("answer to question");
        assertThat(send("a", "question").getMessage().getBody()).isEqualTo("answer to question");

        assertThat(camel.mock("out").getExchanges()).hasSize(1);
        assertThat(caches.manager().getCache("slow").get("question")).isEqualTo("answer to question");
    }

    private JCacheIdempotentRepository idempotentRepository() {
        var repository = new JCacheIdempotentRepository();
        repository.setCamelContext(camel.context());
        repository.setCacheName("seen");
        return repository;
    }

    private JCacheAggregationRepository aggregationRepository(boolean optimistic) {
        var repository = new JCacheAggregationRepository();
        repository.setCamelContext(camel.context());
        repository.setCacheName("gathered");
        repository.setOptimistic(optimistic);
        return repository;
    }

    private Exchange exchange(Object body) {
        var exchange = new DefaultExchange(camel.context());
        exchange.getIn().setBody(body);
        return exchange;
    }

    private Exchange send(String id, Object body) {
        return camel.send("direct:in", exchange -> {
            exchange.getIn().setHeader("id", id);
            exchange.getIn().setBody(body);
        });
    }

    private static Exchange joined(Exchange gathered, Exchange next) {
        if (gathered == null) {
            return next;
        }
        gathered.getIn()
                .setBody(gathered.getIn().getBody(String.class) + " "
                        + next.getIn().getBody(String.class));
        return gathered;
    }

    private static List<Object> bodies(MockEndpoint mock) {
        return mock.getExchanges().stream()
                .map(exchange -> exchange.getIn().getBody())
                .toList();
    }
}
