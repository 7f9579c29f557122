package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** A context that is closed leaves its entries to the next one. */
class RestartTest {

    @TempDir
    private Path directory;

    @Test
    void start_afterClose_findsTheEntriesWithTheirDeadlines() throws Exception {
        Answer holland = Answer.taught("Holland", "Netherlands (NL)");
        Answer forgotten = Answer.taught("Persia", "Iran (IR)");
        Instant deadline;
        // A class loader of its own: closing the context must not close the CacheManager of the other tests.
        try (var loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
                var context = start(loader)) {
            Countries countries = context.getBean(Countries.class);
            countries.teach("Holland", holland);
            countries.teach("Persia", forgotten);
            countries.forget("Persia");
            deadline = context.getBean(CacheContents.class).expiresAt(Caches.COUNTRIES, "Holland");
        }

        try (var loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
                var context = start(loader)) {
            CacheContents contents = context.getBean(CacheContents.class);
            assertThat(contents.expiresAt(Caches.COUNTRIES, "Holland"))
                    .isEqualTo(deadline)
                    .isBetween(
                            holland.answeredAt().plusSeconds(600), Instant.now().plusSeconds(600));

            Calls calls = context.getBean(Calls.class);
            Countries countries = context.getBean(Countries.class);
            assertThat(calls.ask(Caches.COUNTRIES, countries, "Holland"))
                    .returns(holland, Calls.Call::answer)
                    .returns(Origin.DISK, Calls.Call::origin);
            assertThat(calls.ask(Caches.COUNTRIES, countries, "Holland")).returns(Origin.MEMORY, Calls.Call::origin);
            assertThat(contents.of(Caches.COUNTRIES))
                    .extracting(CacheContents.CachedAnswer::answer)
                    .containsExactly(holland);
        }
    }

    private ConfigurableApplicationContext start(ClassLoader loader) {
        return new SpringApplicationBuilder(ExampleApplication.class)
                .resourceLoader(new DefaultResourceLoader(loader))
                .run("--server.port=0", "--example.directory=" + directory);
    }
}
