package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** Two contexts of one JVM, as tests with different properties make them, ask for the same CacheManager. */
class SecondContextTest {

    @Test
    void start_secondContextWithOtherProperties_sharesTheCachesOfTheFirst() throws Exception {
        // A class loader of their own: closing them must not close the CacheManager of the other tests, which has the
        // usual folder open.
        try (var loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
                var first = start(loader, "first");
                var second = start(loader, "second")) {
            assertThat(second.getBean(CacheManager.class)).isSameAs(first.getBean(CacheManager.class));
            assertThat(second.getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("second");

            Answer taught = Answer.taught("Holland", "Netherlands (NL)");
            first.getBean(Countries.class).teach("Holland", taught);
            assertThat(second.getBean(Countries.class).ask("Holland")).isEqualTo(taught);
        }
    }

    private static ConfigurableApplicationContext start(ClassLoader loader, String name) {
        return new SpringApplicationBuilder(ExampleApplication.class)
                .resourceLoader(new DefaultResourceLoader(loader))
                .run(
                        "--server.port=0",
                        "--example.directory=target/coffer-of-second-context",
                        "--spring.application.name=" + name);
    }
}
