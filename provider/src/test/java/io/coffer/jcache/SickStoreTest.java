package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferCache;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnUndecodable;
import io.coffer.spi.Codec;
import io.coffer.spi.HeapFaults;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.RecordingWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails, loses changes, or holds what nobody can decode: what a strict cache says of it, and how another goes on. */
class SickStoreTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();
    private final AtomicBoolean classHasChanged = new AtomicBoolean();

    @AfterEach
    void close() {
        log.close();
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "FAILED", "TOO_LARGE"})
    void put_writeFails_keyIsAbsentAndNeverHasItsOldValue(Kind kind) {
        var cache = create(fixture.store());
        var listener = CacheFixture.listen(cache);
        cache.put("a", "old");
        listener.drain();

        faults().failWrites(kind);
        cache.put("a", "new");
        assertThat(cache.putIfAbsent("b", "new")).isFalse();
        cache.putAll(Map.of("c", "new", "d", "new"));
        faults().failWrites(null);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(listener.drain()).isEmpty();
        assertThat(cache.counters().store().writeFailures()).isEqualTo(4);
        assertThat(cache.counters().puts()).as("puts that were kept").isEqualTo(1);
        cache.put("a", "healed");
        assertThat(cache.get("a")).isEqualTo("healed");
    }

    @Test
    void put_writeFailsAndStrict_throwsAndNothingHasChanged() {
        var cache = create(fixture.store().setStrict(true));
        cache.put("a", "old");
        faults().failWrites(Kind.FULL);

        assertThatThrownBy(() -> cache.put("a", "new")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> cache.remove("a")).isInstanceOf(StoreException.class);
        assertThatThrownBy(cache::clear).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> cache.putAll(Map.of("b", "new"))).isInstanceOf(StoreException.class);

        assertThat(cache.get("a")).isEqualTo("old");
        assertThat(cache.containsKey("b")).isFalse();
    }

    @Test
    void removeAndClear_writeFails_areDoneAllTheSame() {
        var cache = create(fixture.store());
        cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
        faults().failWrites(Kind.FAILED);

        assertThat(cache.remove("a")).isTrue();
        cache.clear();
        faults().failWrites(null);

        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(fixture.lastStore().size()).isZero();
    }

    @Test
    void get_readFails_isAMissUntilTheDiskRecovers() {
        var cache = create(fixture.store());
        cache.put("a", "1");
        cache.put("b", "2"); // memory forgets a
        faults().failReads(Kind.FAILED);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.getAndReplace("a", "new")).isNull();
        assertThat(cache.containsKey("a"))
                .as("is there, as far as anybody knows")
                .isTrue();
        faults().failReads(null);

        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.counters().store().readFailures()).isEqualTo(2);
    }

    @Test
    void get_recordIsDamaged_isRemoved() {
        var cache = create(fixture.store());
        cache.put("a", "1");
        cache.put("b", "2"); // memory forgets a
        faults().failReads(Kind.DAMAGED);

        assertThat(cache.get("a")).isNull();
        faults().failReads(null);

        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void get_readFailsAndStrict_throws() {
        var cache = create(fixture.store().setStrict(true));
        cache.put("a", "1");
        cache.put("b", "2"); // memory forgets a
        faults().failReads(Kind.DAMAGED);

        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> cache.getAndPut("a", "new")).isInstanceOf(StoreException.class);
        assertThat(cache.get("b")).as("from memory").isEqualTo("2");
        faults().failReads(null);
        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void change_isLost_isDecidedAgainAndWrittenThroughAgain() {
        var writer = new RecordingWriter();
        var cache = fixture.createStored(
                "written",
                CacheFixture.<String, String>configuration()
                        .setWriteThrough(true)
                        .setCacheWriterFactory(writer.factory()));
        cache.put("a", "1");
        writer.drain();

        faults().loseNextWrites(2);
        assertThat(cache.getAndPut("a", "2")).isEqualTo("1");

        assertThat(cache.get("a")).isEqualTo("2");
        assertThat(writer.drain()).containsExactly("write a=2", "write a=2", "write a=2");
        faults().loseNextWrites(1);
        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void change_isLostAgainAndAgain_isGivenUp() {
        var cache = create(fixture.store());
        faults().loseNextWrites(1_000);

        assertThatThrownBy(() -> cache.put("a", "1"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("\"c\"")
                .hasMessageContaining("given up");

        faults().loseNextWrites(0);
        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void get_classHasChanged_isAMissAndRemoved() {
        var cache = create(fixture.store());
        cache.put("a", "1");
        cache.put("b", "2"); // memory forgets a
        classHasChanged.set(true);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache.counters().store().undecodable()).isEqualTo(1);
        cache.put("a", "new");
        assertThat(cache.containsKey("a")).isTrue();
    }

    @Test
    void get_classHasChangedAndShallThrow_throwsAndKeepsTheEntry() {
        var cache = create(fixture.store().setOnUndecodable(OnUndecodable.THROW));
        cache.put("a", "1");
        cache.put("b", "2"); // memory forgets a
        classHasChanged.set(true);

        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> cache.getAndRemove("a")).isInstanceOf(CacheException.class);
        classHasChanged.set(false);

        assertThat(cache.get("a")).isEqualTo("1");
    }

    /** Its end cannot fail, whatever the cache is to do with what cannot be decoded. */
    @ParameterizedTest
    @EnumSource
    void sweep_expiredCannotBeDecoded_goesAndNobodyIsTold(OnUndecodable rule) {
        var cache = create(fixture.store().setOnUndecodable(rule).setStrict(true));
        var listener = CacheFixture.listen(cache);
        cache.put("a", "1", Duration.ofMinutes(1));
        cache.put("b", "2"); // memory forgets a
        listener.drain();
        fixture.clock().advance(Duration.ofMinutes(1));
        classHasChanged.set(true);

        fixture.sweeper().sweep();

        assertThat(fixture.lastStore().size()).isEqualTo(1);
        assertThat(cache.counters().store().undecodable()).isEqualTo(1);
        assertThat(listener.drain()).isEmpty();
    }

    @Test
    void sweep_expiredKeyCannotBeDecoded_goesAndNobodyIsTold() {
        var cache = fixture.createStored(
                "c",
                CacheFixture.<String, String>configuration()
                        .setKeyCodec(new ChangingCodec())
                        .setMaxEntries(1)
                        .setStore(fixture.store().setOnUndecodable(OnUndecodable.THROW)));
        var listener = CacheFixture.listen(cache);
        cache.put("a", "1", Duration.ofMinutes(1));
        cache.put("b", "2"); // memory forgets a
        listener.drain();
        fixture.clock().advance(Duration.ofMinutes(1));
        classHasChanged.set(true);

        fixture.sweeper().sweep();

        assertThat(fixture.lastStore().size()).isEqualTo(1);
        assertThat(listener.drain()).isEmpty();
    }

    @Test
    void sweep_expiredCannotBeReadAndStrict_goesAndNobodyIsTold() {
        var cache = create(fixture.store().setStrict(true));
        var listener = CacheFixture.listen(cache);
        cache.put("a", "1", Duration.ofMinutes(1));
        cache.put("b", "2"); // memory forgets a
        listener.drain();
        fixture.clock().advance(Duration.ofMinutes(1));
        faults().failReads(Kind.DAMAGED);

        fixture.sweeper().sweep();

        assertThat(fixture.lastStore().size()).isEqualTo(1);
        assertThat(cache.counters().store().readFailures()).isEqualTo(1);
        assertThat(listener.drain()).isEmpty();
    }

    private HeapFaults faults() {
        return fixture.storage().faults();
    }

    /** Memory holds one entry. */
    private CofferCache<String, String> create(StoreConfiguration store) {
        return fixture.createStored(
                "c",
                CacheFixture.<String, String>configuration()
                        .setCodec(new ChangingCodec())
                        .setMaxEntries(1)
                        .setStore(store));
    }

    /** Decodes nothing once the class has changed. */
    private final class ChangingCodec implements Codec<String> {

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes, ClassLoader loader) {
            if (classHasChanged.get()) {
                throw new CacheException("The class has changed");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
