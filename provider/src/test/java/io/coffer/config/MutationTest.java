package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CofferJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a valid file, the answer is a configuration or a CacheException. */
class MutationTest {
    private static final long SEED = Long.getLong("coffer.seed", 20_261_122);
    private static final int ROUNDS = 1_000;
    private static final int CHANGES_MAX = 6;
    private static final Map<String, String> ENVIRONMENT = Map.of("SIZE", "1000", "EMPTY", "");

    private static final String VALID = """
            // all there is
            {
              "$schema": "coffer.schema.json",
              "version": 1,
              "directory": "${SIZE}/stores",
              "defaults": { "statistics": true, "management": "false", "expiry": { "created": "10m", "accessed": "eternal" } },
              "caches": {
                "books": {
                  "store": "memory", "keyType": "java.lang.String", "valueType": "java.lang.Long",
                  "keyCodec": "string", "codec": "json", "maxEntries": "${SIZE}", "storeByValue": true,
                  "loader": "io.coffer.config.AllRoles$Fit", "readThrough": true,
                  "writer": "io.coffer.config.AllRoles$FitFactory", "writeThrough": true,
                },
                "a.b": { "maxBytes": "64MB", "weigher": "io.coffer.config.AllRoles$Fit", "expiry": { "policy": "io.coffer.config.AllRoles$Fit" } },
                "kept": { "store": "log", "durability": "always", "strict": true, "onLocked": "memory", "recovery": "salvage",
                  "onUndecodable": "throw", "allow": [ "com.acme.**", "org.acme.*" ], "maxRecordBytes": "1MB",
                  "maxDiskBytes": "${SIZE}MB", "minFreeDiskBytes": "1GB", "onFull": "reject" },
                "heard": { "listeners": [ "io.coffer.config.AllRoles$Fit",
                  { "class": "io.coffer.config.AllRoles$Fit", "filter": "io.coffer.config.AllRoles$Fit", "synchronous": true, "oldValueRequired": false } ] },
              },
            }
            """;

    /** What stands in such files, and what should not. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "/*",
            "*/",
            "//",
            "\n",
            "\0",
            "\uFEFF",
            "${",
            "}",
            "$${",
            "${EMPTY}",
            "${X:",
            "null",
            "true",
            "-1",
            "0",
            "1e999999999",
            "99999999999999999999",
            "1.5",
            "\"\"",
            "\"PT\"",
            "\"10m\"",
            "\"eternal\"",
            "\"expiry\": {",
            "\"json\"",
            "\"key\"",
            "\"caches\"",
            "\"defaults\": {",
            "\"[B\"",
            "\"int\"",
            "\"java.lang.Object\"",
            "\"java.lang.Void\"",
            "\"[[[[Ljava.lang.String;\"",
            "\"io.coffer.config.AllRoles$Abstract\"",
            "ü",
            "\uD800",
            "[[[[[[[[");

    @TempDir
    Path folder;

    @Test
    void read_unchanged_isFine() {
        assertThat(read(VALID.getBytes(StandardCharsets.UTF_8)).cacheNames())
                .containsExactlyInAnyOrder("books", "a.b", "kept", "heard");
    }

    @Test
    void read_changedAtRandom_isReadOrRefusedButNothingElse() {
        int read = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var random = new Random(SEED + round);
            var content = changed(random);
            try {
                read(content);
                read++;
            } catch (CacheException e) {
                assertThat(e.getMessage())
                        .as("seed %s", SEED + round)
                        .isNotBlank()
                        .hasSizeLessThan(20_000);
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "-Dcoffer.seed=" + (SEED + round) + ":\n" + new String(content, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(read)
                .as("both must be met, or the changes are of the wrong kind")
                .isPositive();
        assertThat(refused).isGreaterThan(read);
    }

    private ManagerConfiguration read(byte[] content) {
        var uri = CofferJson.write(folder, content);
        var loader = MutationTest.class.getClassLoader();
        return ManagerConfiguration.read(uri, false, loader, new Properties(), ENVIRONMENT::get);
    }

    private static byte[] changed(Random random) {
        var text = new StringBuilder(VALID);
        for (int changes = 1 + random.nextInt(CHANGES_MAX); changes > 0; changes--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
                default -> text.setCharAt(from, (char) (' ' + random.nextInt(95)));
            }
        }
        var content = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            content[random.nextInt(content.length)] = (byte) random.nextInt();
        }
        return content;
    }
}
