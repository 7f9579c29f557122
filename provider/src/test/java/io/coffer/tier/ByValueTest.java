package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever callers do with an object of theirs, before or after, the cache keeps what was put. */
class ByValueTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Cache<Object, Object> cache = fixture.create("c", CacheFixture.configuration());

    record Price(String currency, BigDecimal amount, LocalDate day) {}

    record Span(Price from, Price to) {}

    record Tags(String... tags) implements Serializable {}

    record Chain(int number, Chain next) implements Serializable {}

    /** Not Serializable. */
    private static final class Unfit {
        @Override
        public String toString() {
            return "secret";
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> immutables() {
        return arguments(
                new String("text"),
                Integer.valueOf(123_456),
                new BigDecimal("1.50"),
                UUID.randomUUID(),
                LocalDate.EPOCH,
                TimeUnit.DAYS,
                new Price("CHF", BigDecimal.TEN, LocalDate.EPOCH),
                new Span(new Price("CHF", BigDecimal.ONE, null), new Price("EUR", BigDecimal.TEN, null)));
    }

    /** An array is one argument too. */
    private static Stream<Arguments> arguments(Object... values) {
        return Stream.of(values).map(value -> Arguments.of(value));
    }

    @ParameterizedTest
    @MethodSource("immutables")
    void get_immutable_returnsTheVeryObject(Object value) {
        cache.put("k", value);

        assertThat(cache.get("k")).isSameAs(value);
    }

    static Stream<Arguments> changeables() {
        return arguments(
                new Date(0),
                new Tags("a", "b"),
                new Chain(1, new Chain(2, null)),
                new ArrayList<>(List.of("a")),
                new Object[] {"a", 1});
    }

    @ParameterizedTest
    @MethodSource("changeables")
    void get_changeable_returnsAnEqualObjectEachTime(Object value) {
        cache.put("k", value);

        var first = cache.get("k");
        var second = cache.get("k");

        assertThat(first).isNotSameAs(value).usingRecursiveComparison().isEqualTo(value);
        assertThat(second).isNotSameAs(first);
    }

    static Stream<Arguments> arrays() {
        return arguments(
                new byte[] {1, 2},
                new boolean[] {true},
                new char[] {'a'},
                new short[] {1},
                new int[] {1},
                new long[] {1},
                new float[] {1},
                new double[] {1},
                new String[] {"a", null},
                new int[][] {{1}, {2, 3}},
                new Integer[] {1},
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void get_array_returnsACopyEachTime(Object array) {
        cache.put("k", array);

        var first = cache.get("k");
        var second = cache.get("k");

        assertThat(first).isNotSameAs(array).isEqualTo(array).hasSameClassAs(array);
        assertThat(second).isNotSameAs(first);
    }

    @Test
    void put_arrayChangedAfterwards_keepsWhatWasPut() {
        var array = new byte[] {1, 2, 3};
        var nested = new int[][] {{1}, {2}};
        cache.put("bytes", array);
        cache.put("nested", nested);

        array[0] = 9;
        nested[1][0] = 9;

        assertThat(cache.get("bytes")).isEqualTo(new byte[] {1, 2, 3});
        assertThat(cache.get("nested")).isEqualTo(new int[][] {{1}, {2}});
    }

    @Test
    void get_arrayChangedAfterwards_keepsWhatWasPut() {
        cache.put("k", new byte[] {1, 2, 3});

        ((byte[]) cache.get("k"))[0] = 9;

        assertThat(cache.get("k")).isEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    void put_valueChangedAfterwards_keepsWhatWasPut() {
        var value = new Date(1_000);
        cache.put("k", value);

        value.setTime(2_000);

        assertThat(cache.get("k")).isEqualTo(new Date(1_000));
    }

    @Test
    void put_keyChangedAfterwards_isFoundByItsOldContent() {
        var key = new ArrayList<>(List.of("a"));
        cache.put(key, 1);

        key.add("b");

        assertThat(cache.get(List.of("a"))).isEqualTo(1);
        assertThat(cache.containsKey(key)).isFalse();
        assertThat(cache.remove(List.of("a"))).isTrue();
        assertThat(cache).isEmpty();
    }

    @Test
    void next_keyAndValueChanged_leavesTheCacheAlone() {
        cache.put(new Date(1), new Date(2));

        var entry = cache.iterator().next();
        ((Date) entry.getKey()).setTime(9);
        ((Date) entry.getValue()).setTime(9);

        assertThat(cache.get(new Date(1))).isEqualTo(new Date(2));
    }

    @Test
    void anyReadingOperation_valueChanged_leavesTheCacheAlone() {
        cache.put("k", new Date(1));

        change(cache.getAll(Set.of("k")).get("k"));
        change(cache.invoke("k", (entry, arguments) -> entry.getValue()));
        change(cache.getAndPut("k", new Date(1)));
        change(cache.getAndReplace("k", new Date(1)));

        assertThat(cache.get("k")).isEqualTo(new Date(1));
    }

    private static void change(Object date) {
        ((Date) date).setTime(9);
    }

    @Test
    void invoke_valueChangedWithoutSetting_leavesTheCacheAlone() {
        cache.put("k", new Date(1));

        cache.invoke("k", (entry, arguments) -> {
            change(entry.getValue());
            return null;
        });

        assertThat(cache.get("k")).isEqualTo(new Date(1));
    }

    @Test
    void invoke_valueChangedAfterSetting_keepsWhatWasSet() {
        cache.invoke("k", (entry, arguments) -> {
            var set = new Date(1);
            entry.setValue(set);
            change(set);
            return null;
        });

        assertThat(cache.get("k")).isEqualTo(new Date(1));
    }

    @Test
    void event_keyAndValuesChanged_leavesTheCacheAlone() {
        var key = new ArrayList<>(List.of("k"));
        cache.put(key, new Date(1));
        var heard = new ArrayList<Object>();
        CacheEntryUpdatedListener<Object, Object> listener = events -> events.forEach(event -> {
            @SuppressWarnings("unchecked")
            var told = (List<Object>) event.getKey();
            told.add("changed");
            change(event.getValue());
            change(event.getOldValue());
            heard.add(event.getKey());
        });
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true));

        cache.put(key, new Date(2));

        assertThat(heard).containsExactly(List.of("k"));
        assertThat(cache.get(List.of("k"))).isEqualTo(new Date(2));
    }

    @Test
    void put_notSerializable_isRefusedByAMessageThatNamesClassAndRemedies() {
        cache.put("k", "old");

        assertThatThrownBy(() -> cache.put("k", new ArrayList<>(List.of(new Unfit()))))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(ArrayList.class.getName())
                .hasMessageContaining(Unfit.class.getName())
                .hasMessageContaining("java.io.Serializable")
                .hasMessageContaining("setCodec")
                .hasMessageContaining("setStoreByValue")
                .hasMessageNotContaining("secret");

        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void put_keyNotSerializable_isRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> cache.put(new Object(), 1)).isInstanceOf(CacheException.class);

        assertThat(cache).isEmpty();
    }

    @Test
    void get_byReference_returnsTheVeryObject() {
        var shared = fixture.create("r", CacheFixture.configuration().setStoreByValue(false));
        var value = new Object();
        var array = new byte[] {1};

        shared.put("k", value);
        shared.put("a", array);

        assertThat(shared.get("k")).isSameAs(value);
        assertThat(shared.get("a")).isSameAs(array);
    }
}
