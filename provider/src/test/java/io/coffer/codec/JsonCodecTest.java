package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class JsonCodecTest {
    private static final ClassLoader LOADER = JsonCodecTest.class.getClassLoader();

    enum Kind {
        A,
        B
    }

    record Line(String article, BigDecimal price) {}

    record Order(UUID id, Instant created, Kind kind, List<Line> lines, Map<String, int[]> counts, Double nothing) {}

    /** Not Serializable, and changeable. */
    static final class Counter {
        public int count;
        public String label;
    }

    static final class Failing {
        public String getSecret() {
            throw new IllegalStateException("secret");
        }
    }

    static final class Cyclic {
        public Cyclic next = this;
    }

    record Positive(int number) {
        Positive {
            if (number < 0) {
                throw new IllegalArgumentException("secret " + number);
            }
        }
    }

    @Test
    void decode_whatWasEncoded_isEqual() {
        var codec = JsonCodec.of(Order.class);
        var order = new Order(
                new UUID(1, 2),
                Instant.parse("2030-01-01T00:00:00.123456789Z"),
                Kind.B,
                List.of(new Line("ä\"\n€", new BigDecimal("1.50"))),
                Map.of("k", new int[] {1, 2}),
                null);

        var decoded = codec.decode(codec.encode(order), LOADER);

        assertThat(decoded).usingRecursiveComparison().isEqualTo(order);
    }

    @Test
    void decode_genericType_hasItsElementsRight() {
        var codec = JsonCodec.of(new TypeReference<Map<String, List<Line>>>() {});
        var value = Map.of("a", List.of(new Line("x", BigDecimal.ONE)), "b", List.<Line>of());

        assertThat(codec.decode(codec.encode(value), LOADER)).isEqualTo(value);
    }

    @Test
    void encode_object_namesNoClass() {
        var json = new String(JsonCodec.of(Line.class).encode(new Line("x", BigDecimal.ONE)), StandardCharsets.UTF_8);

        assertThat(json).isEqualTo("{\"article\":\"x\",\"price\":1}");
    }

    @Test
    void put_classNotSerializable_isStoredByValue() {
        try (var fixture = new CacheFixture()) {
            var cache = fixture.create(
                    "c", CacheFixture.<String, Counter>configuration().setCodec(JsonCodec.of(Counter.class)));
            var counter = new Counter();
            counter.count = 1;

            cache.put("k", counter);
            counter.count = 2;

            assertThat(cache.get("k").count).isEqualTo(1);
        }
    }

    @Test
    void decode_propertyThatTheClassNoLongerHas_isPassedOver() {
        byte[] bytes = "{\"article\":\"x\",\"gone\":[1],\"price\":1}".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonCodec.of(Line.class).decode(bytes, LOADER)).isEqualTo(new Line("x", BigDecimal.ONE));
    }

    @Test
    void encode_getterFails_isACacheExceptionWithoutItsWords() {
        assertThatThrownBy(() -> JsonCodec.of(Failing.class).encode(new Failing()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Failing.class.getName())
                .hasMessageNotContaining("secret");
    }

    @Test
    void encode_objectContainsItself_isACacheException() {
        assertThatThrownBy(() -> JsonCodec.of(Cyclic.class).encode(new Cyclic()))
                .isInstanceOf(CacheException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"article\":\"secret\"",
                "{\"article\":\"secret\",\"price\":\"secret\"}",
                "[\"secret\"]",
                "secret"
            })
    void decode_notWhatWasEncoded_failsWithTypeAndPlaceOnly(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JsonCodec.of(Line.class).decode(bytes, LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Line.class.getName())
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void decode_constructorRefuses_failsWithoutItsWords() {
        byte[] bytes = "{\"number\":-1}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JsonCodec.of(Positive.class).decode(bytes, LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Positive.class.getName())
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void decode_null_isACacheException() {
        // A codec never returns null, or a hit would look like a miss.
        byte[] bytes = "null".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JsonCodec.of(Line.class).decode(bytes, LOADER)).isInstanceOf(CacheException.class);
    }

    @Test
    void of_null_isRefused() {
        assertThatThrownBy(() -> JsonCodec.of((Class<?>) null)).isInstanceOf(NullPointerException.class);
    }
}
