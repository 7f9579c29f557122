package io.coffer.concurrency;

import io.coffer.StoreConfiguration;
import io.coffer.concurrency.LinearizabilityTest.Expiry;
import io.coffer.jcache.CacheFixture;
import io.coffer.spi.Durability;
import io.coffer.testing.LogFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As {@link LinearizabilityTest}, for caches in a log on disk. Memory holds one of two keys, so the other is only on disk; what memory
 * forgets must not be lost, so the model knows nothing of eviction.
 */
class LogLinearizabilityTest {
    private static final int ROUNDS = Integer.getInteger("coffer.rounds", 1_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            EXPIRY,   SLOW POLICY, BY VALUE, READ THROUGH, DURABILITY
            ETERNAL,  false,       true,     false,        NONE
            ETERNAL,  false,       false,    true,         NONE
            CREATED,  false,       true,     false,        NONE
            CREATED,  true,        false,    true,         NONE
            MODIFIED, true,        true,     false,        NONE
            ACCESSED, false,       true,     true,         NONE
            TOUCHED,  false,       true,     false,        INTERVAL
            TOUCHED,  true,        false,    true,         NONE
            """)
    void calls_onWhatMayBeOnlyOnDisk_areLinearizable(
            Expiry expiry, boolean slowPolicy, boolean byValue, boolean readThrough, Durability durability) {
        long seed = Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());
        var loader = new NotedLoader();
        var log = new LogFolder(folder.resolve("c"));
        try (var fixture = new CacheFixture()) {
            var cache = fixture.createStored(
                    "c",
                    CacheFixture.<TurbulentKey, Amount>configuration()
                            .setStoreByValue(byValue)
                            .setCodec(Amount.CODEC)
                            .setMaxEntries(1)
                            .setExpiryPolicyFactory(expiry.factory(slowPolicy))
                            .setCacheLoaderFactory(() -> loader)
                            .setReadThrough(readThrough)
                            .setStore(StoreConfiguration.of(() -> log)
                                    .setAllow("io.coffer.**")
                                    .setDurability(durability)));
            new ConcurrentRounds(
                            cache,
                            expiry.model(false),
                            List.of(Call.Kind.values()),
                            loader,
                            log.clock(),
                            fixture.clock(),
                            fixture.sweeper(),
                            seed)
                    .play(ROUNDS);
        }
    }
}
