package io.coffer.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The Camel of one test, stopped after it. Ordered behind {@link ClientCaches}, whose caches are closed last then. */
final class CamelContexts implements AfterEachCallback {
    /** How long {@code assertIsSatisfied} waits at most; it ends as soon as all messages are there. */
    private static final long RESULT_MILLIS_MAX = TimeUnit.MINUTES.toMillis(1);

    private final CamelContext context = new DefaultCamelContext();

    CamelContext context() {
        return context;
    }

    void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    /** Sends an exchange and returns it as it comes back, failed or not. */
    Exchange send(String endpoint, Processor exchange) {
        try (var template = context.createProducerTemplate()) {
            return template.request(endpoint, exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MockEndpoint mock(String name) {
        var mock = context.getEndpoint("mock:" + name, MockEndpoint.class);
        mock.setResultWaitTime(RESULT_MILLIS_MAX);
        return mock;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        context.stop();
    }
}
