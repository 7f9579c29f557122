package io.coffer.clients;

import static io.coffer.clients.ClientCaches.countIfOnDisk;
import static io.coffer.clients.ClientCaches.ifOnDisk;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.resilience4j.cache.Cache;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.policy.JCachePolicy;
import org.apache.camel.component.jcache.processor.aggregate.JCacheAggregationRepository;
import org.apache.camel.component.jcache.processor.idempotent.JCacheIdempotentRepository;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Bucket4j, Resilience4j and Camel find again when an application is started anew: everything on disk, nothing in memory. */
final class RestartTest {
    private static final int CAPACITY = 10;

    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final CamelContexts camel = new CamelContexts();

    /** Or each restart would be a way round the limit. */
    @Test
    void bucket_afterARestart_hasTheTokensThatWereLeft() {
        bucket().tryConsume(CAPACITY - 1);

        caches.restart();

        assertThat(bucket().getAvailableTokens()).isEqualTo(CAPACITY - countIfOnDisk(CAPACITY - 1));
        assertThat(bucket().tryConsume(2)).isNotEqualTo(ClientCaches.areOnDisk());
    }

    @Test
    void decoratedSupplier_afterARestart_isNotCalledForWhatIsOnDisk() {
        var calls = new AtomicInteger();
        greeting(calls).apply("key");

        caches.restart();

        assertThat(greeting(calls).apply("key")).isEqualTo("hello " + (2 - countIfOnDisk(1)));
        assertThat(calls).hasValue(2 - countIfOnDisk(1));
    }

    @Test
    void idempotentRepository_afterARestart_knowsWhatWasSeen() throws Exception {
        var seen = idempotentRepository();
        seen.add("a");
        seen.add("b");
        seen.remove("b");
        seen.stop();

        caches.restart();
        seen = idempotentRepository();

        assertThat(seen.contains("a")).isEqualTo(ClientCaches.areOnDisk());
        assertThat(seen.contains("b")).isFalse();
        assertThat(seen.add("a")).isNotEqualTo(ClientCaches.areOnDisk());
        seen.stop();
    }

    @Test
    void aggregationRepository_afterARestart_hasTheExchangesThatWereGathered() throws Exception {
        var gathered = aggregationRepository();
        var exchange = new DefaultExchange(camel.context());
        exchange.getIn().setBody("book");
        exchange.getIn().setHeader("colour", "red");
        exchange.setProperty("size", 7);
        gathered.add(camel.context(), "a", exchange);
        gathered.stop();

        caches.restart();
        gathered = aggregationRepository();

        assertThat(gathered.getKeys()).hasSize(countIfOnDisk(1));
        var read = gathered.get(camel.context(), "a");
        assertThat(read != null).isEqualTo(ClientCaches.areOnDisk());
        if (read != null) {
            assertThat(read.getExchangeId()).isEqualTo(exchange.getExchangeId());
            assertThat(read.getIn().getBody()).isEqualTo("book");
            assertThat(read.getIn().getHeader("colour")).isEqualTo("red");
            assertThat(read.getProperty("size")).isEqualTo(7);
        }
        gathered.stop();
    }

    @Test
    void policy_afterARestart_skipsTheRouteForWhatIsOnDisk() throws Exception {
        caches.create("slow").put("question", "answer of yesterday");
        caches.restart();
        caches.create("slow");
        var policy = new JCachePolicy();
        policy.setCacheManager(caches.manager());
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("slow").policy(policy).to("mock:out").setBody(constant("answer of today"));
            }
        });

        var answer =
                camel.send("direct:in", (Exchange exchange) -> exchange.getIn().setBody("question"));

        assertThat(answer.getMessage().getBody())
                .isEqualTo(ClientCaches.areOnDisk() ? "answer of yesterday" : "answer of today");
        assertThat(camel.mock("out").getExchanges()).hasSize(1 - countIfOnDisk(1));
    }

    /** What a cache holds that is removed as a whole does not come back. */
    @Test
    void clear_thenARestart_leavesNothing() {
        caches.create("cleared").put("key", "value");
        caches.create("kept").put("key", "value");
        caches.manager().getCache("cleared").clear();

        caches.restart();

        assertThat(caches.create("cleared")).isEmpty();
        assertThat(caches.create("kept").get("key")).isEqualTo(ifOnDisk("value"));
    }

    private Bucket bucket() {
        javax.cache.Cache<String, byte[]> cache = caches.manager().getCache("buckets");
        return Bucket4jJCache.entryProcessorBasedBuilder(
                        cache == null ? caches.<String, byte[]>create("buckets") : cache)
                .build()
                .getProxy(
                        "user",
                        () -> BucketConfiguration.builder()
                                .addLimit(limit -> limit.capacity(CAPACITY).refillGreedy(1, Duration.ofDays(1000)))
                                .build());
    }

    private Function<String, String> greeting(AtomicInteger calls) {
        return Cache.decorateSupplier(
                Cache.of(caches.<String, String>create("greetings")), () -> "hello " + calls.incrementAndGet());
    }

    private JCacheIdempotentRepository idempotentRepository() throws Exception {
        var repository = new JCacheIdempotentRepository();
        repository.setCamelContext(camel.context());
        repository.setCache(caches.create("seen"));
        repository.start();
        return repository;
    }

    private JCacheAggregationRepository aggregationRepository() throws Exception {
        var repository = new JCacheAggregationRepository();
        repository.setCamelContext(camel.context());
        repository.setCache(caches.create("gathered"));
        repository.start();
        return repository;
    }
}
