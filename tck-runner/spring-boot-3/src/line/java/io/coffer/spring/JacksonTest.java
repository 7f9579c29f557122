package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring Boot 3.5 brings Jackson 2, Coffer brings Jackson 3; only the jar of annotations is one for both. */
class JacksonTest {
    private static final String JSON = """
            { "caches": { "books": { "codec": "json", "valueType": "io.coffer.spring.Book" } } }
            """;

    @TempDir
    private Path folder;

    @Test
    void jackson2AndJackson3_oneApplication_workSideBySide() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);
            library.find("isbn");
            var decodedByCoffer = library.find("isbn");
            var mapper = context.getBean(ObjectMapper.class);

            assertThat(library.searches()).isEqualTo(1);
            assertThat(mapper.readValue(mapper.writeValueAsString(decodedByCoffer), Book.class))
                    .isEqualTo(Book.of("isbn"));
            assertThat(mapper.version().getMajorVersion()).isEqualTo(2);
            assertThat(tools.jackson.databind.cfg.PackageVersion.VERSION.getMajorVersion())
                    .isEqualTo(3);
        }
    }
}
