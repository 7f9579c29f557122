package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.jcache.CofferCachingProvider;
import io.coffer.spi.Durability;
import io.coffer.testing.CofferJson;
import io.coffer.testing.Threads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link KillTest}, but what is killed is an application that uses JCache, and most entries are on disk alone. */
@DisabledOnOs(OS.WINDOWS) // a process that is killed there ends with another status
class CacheKillTest {
    private static final int KILLS = Integer.getInteger("coffer.kills", 12);
    /** The first finds it, unless the process is killed before it has kept anything. */
    private static final int ROUNDS_TO_FIND_A_FAULT = 100;

    private static final Duration LIVE = Duration.ofSeconds(4);

    private static final int ENTRIES_IN_MEMORY = 300; // half of the keys

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_whileCaching_losesNothingThatWasAcknowledged(Durability durability) throws IOException {
        play("log", durability, KILLS / Durability.values().length);
    }

    /** A cache in memory loses everything, and that is found. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_whileCachingInMemory_isFound() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> play("memory", Durability.NONE, ROUNDS_TO_FIND_A_FAULT))
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("of thread", "entries that live still"));
    }

    private void play(String store, Durability durability, int rounds) throws IOException {
        var onDisk = store.equals("log")
                ? ", \"strict\": true, \"durability\": \"%s\""
                        .formatted(durability.name().toLowerCase(Locale.ROOT))
                : "";
        var uri =
                CofferJson.write(folder, """
                { "directory": "%s",
                  "defaults": { "store": "%s"%s, "maxEntries": %d,
                                "keyType": "java.lang.String", "valueType": "java.lang.String" },
                  "caches": { "immortal": {}, "mortal": { "expiry": { "created": "%s" } } } }""".formatted(folder.resolve("data"), store, onDisk, ENTRIES_IN_MEMORY, LIVE));
        var random = new SplittableRandom(seed);
        Map<Integer, Expected> content = new HashMap<>();
        var next = new Killer(folder.resolve("errors"), CacheVictim.class);
        try {
            for (int i = 0; i < rounds; i++) {
                var victim = next;
                long roundSeed = random.nextLong();
                long ordered = System.currentTimeMillis();
                victim.order(roundSeed, uri);
                next = new Killer(folder.resolve("errors"), CacheVictim.class);
                var messages = victim.kill(1, Duration.ofMillis(random.nextInt(5, 250)));
                long killed = System.currentTimeMillis();
                var account = new Account(content);
                account.add(messages, roundSeed, 0, CacheVictim.KINDS);
                assertThat(account.calls()).isPositive();
                content = look(uri, account, "Seed " + seed + ", round " + i);
                if (i == 0) {
                    requireOldDeadline(uri, roundSeed, ordered, killed);
                }
            }
        } finally {
            next.close();
        }
    }

    private static Map<Integer, Expected> look(URI uri, Account account, String where) {
        var content = new HashMap<Integer, Expected>();
        try (var provider = new CofferCachingProvider();
                var cache = CacheKillTest.<String, String>cache(provider, uri, "immortal")) {
            for (int thread = 0; thread < Victim.THREADS; thread++) {
                for (int number : Script.numbers()) {
                    int id = Account.id(thread, number);
                    var found = cache.get(CacheVictim.key(thread, number));
                    var candidates = account.candidates(id);
                    assertThat(candidates.stream().map(CacheKillTest::value).toList())
                            .as(where + ", key " + number + " of thread " + thread)
                            .contains(found);
                    candidates.stream()
                            .filter(entry -> entry != null && value(entry).equals(found))
                            .findFirst()
                            .ifPresent(entry -> content.put(id, entry));
                }
            }
            assertThat(cache).as(where).hasSize(content.size());
        }
        return content;
    }

    private static String value(Expected entry) {
        return entry == null ? null : CacheVictim.value(entry.seed(), entry.thread(), entry.index());
    }

    /** Neither the kill nor the opening gives an entry more time, or less. */
    private static void requireOldDeadline(URI uri, long seed, long ordered, long killed) {
        try (var provider = new CofferCachingProvider();
                var cache = CacheKillTest.<String, String>cache(provider, uri, "mortal")) {
            long found = cache.getAll(keys()).values().stream()
                    .filter(("v" + seed)::equals)
                    .count();
            assertThat(System.currentTimeMillis() < ordered + LIVE.toMillis() ? found : CacheVictim.MORTALS)
                    .as("entries that live still")
                    .isEqualTo(CacheVictim.MORTALS);
            Threads.await("the deadline", () -> System.currentTimeMillis() > killed + LIVE.toMillis());
            assertThat(cache.getAll(keys())).isEmpty();
            assertThat(cache).isEmpty();
        }
    }

    private static Set<String> keys() {
        return IntStream.range(0, CacheVictim.MORTALS).mapToObj(i -> "k" + i).collect(Collectors.toSet());
    }

    private static <K, V> Cache<K, V> cache(CofferCachingProvider provider, URI uri, String name) {
        return provider.getCacheManager(uri, null).getCache(name);
    }
}
