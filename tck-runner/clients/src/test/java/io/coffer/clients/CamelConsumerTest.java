package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.JCacheConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Camel route that begins with what happens in a cache: an entry listener. */
final class CamelConsumerTest {
    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final CamelContexts camel = new CamelContexts();

    @Test
    void consumer_createUpdateRemove_isHeardBeforeTheCallReturns() throws Exception {
        var events = listenTo("jcache:orders?synchronous=true&oldValueRequired=true");
        var orders = orders();

        orders.put("one", "book");
        orders.put("one", "pen");
        orders.remove("one");

        assertThat(events.getExchanges())
                .extracting(CamelConsumerTest::eventType)
                .containsExactly("CREATED", "UPDATED", "REMOVED");
        var updated = events.getExchanges().get(1).getIn();
        assertThat(updated.getHeader(JCacheConstants.KEY)).isEqualTo("one");
        assertThat(updated.getHeader(JCacheConstants.OLD_VALUE)).isEqualTo("book");
        assertThat(updated.getBody()).isEqualTo("pen");
    }

    @Test
    void consumer_asynchronous_hearsTheEventsOfAKeyInOrder() throws Exception {
        var events = listenTo("jcache:orders");
        events.expectedMessageCount(100);

        for (int i = 0; i < 100; i++) {
            orders().put("one", i);
        }

        events.assertIsSatisfied();
        for (int i = 0; i < 100; i++) {
            assertThat(events.getExchanges().get(i).getIn().getBody()).isEqualTo(i);
        }
    }

    @Test
    void consumer_entryExpires_isHeardThoughNobodyAsks() throws Exception {
        camel.context()
                .getRegistry()
                .bind("soon", CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 20)));
        var events = listenTo("jcache:orders?expiryPolicyFactory=#soon");
        events.expectedMessageCount(2);

        orders().put("one", "book");

        events.assertIsSatisfied();
        assertThat(events.getExchanges())
                .extracting(CamelConsumerTest::eventType)
                .containsExactly("CREATED", "EXPIRED");
    }

    /** {@code filteredEvents} names those that are not wanted. */
    @Test
    void consumer_filteredEvents_areThoseThatAreNotHeard() throws Exception {
        var events = listenTo("jcache:orders?synchronous=true&filteredEvents=CREATED,REMOVED");
        var orders = orders();

        orders.put("one", "book");
        orders.put("one", "pen");
        orders.remove("one");

        assertThat(events.getExchanges())
                .extracting(CamelConsumerTest::eventType)
                .containsExactly("UPDATED");
    }

    @Test
    void consumer_routeIsStopped_hearsNoMore() throws Exception {
        var events = listenTo("jcache:orders?synchronous=true");
        var orders = orders();
        orders.put("one", "book");

        camel.context().getRouteController().stopRoute("listening");
        orders.put("two", "pen");

        assertThat(events.getExchanges()).hasSize(1);
        assertThat(orders.get("two")).isEqualTo("pen");
    }

    /** Camel closes the provider that it has used, not just its cache: all managers of the JVM end with its context. */
    @Test
    void stop_contextWithAJCacheEndpoint_closesManagersThatItHasNotOpened() throws Exception {
        var foreign = caches.provider().getCacheManager(URI.create("coffer:other"), null);
        listenTo("jcache:orders");

        camel.context().stop();

        assertThat(foreign.isClosed()).isTrue();
    }

    private MockEndpoint listenTo(String uri) throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("listening").to("mock:events");
            }
        });
        return camel.mock("events");
    }

    private Cache<Object, Object> orders() {
        return caches.manager().getCache("orders");
    }

    private static Object eventType(Exchange exchange) {
        return exchange.getIn().getHeader(JCacheConstants.EVENT_TYPE);
    }
}
