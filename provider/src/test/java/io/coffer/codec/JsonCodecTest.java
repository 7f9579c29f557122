package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.coffer.jcache.CacheFixture;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.cache.CacheException;
import org.junit.jupiter.api.Nested;
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

    /** Returns JSON behind the hash that the codec expects. */
    private static <T> byte[] stored(JsonCodec<T> codec, T any, String json) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(codec.encode(any), 0, 8);
        bytes.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
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
        var bytes = JsonCodec.of(Line.class).encode(new Line("x", BigDecimal.ONE));

        assertThat(new String(bytes, 8, bytes.length - 8, StandardCharsets.UTF_8))
                .isEqualTo("{\"article\":\"x\",\"price\":1}");
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

    /** What can be written and read today, in whatever form, must not count as changed. */
    @Nested
    class RoundTrip {

        /** Has properties that are only written, only read, left out when null, or neither. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonIgnoreProperties("ignored")
        static final class Odd {
            public String kept = "a";
            public String absent;
            public String ignored = "b";

            @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            public String secret = "c";

            public int getComputed() {
                return 5;
            }
        }

        record Isbn(@JsonValue String text) {}

        @JsonFormat(shape = JsonFormat.Shape.ARRAY)
        record Point(int x, int y) {}

        record Tree(String name, List<Tree> below) {}

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
        sealed interface Shape {}

        record Circle(Point centre, Optional<Isbn> label) implements Shape {}

        record Square(Point corner, Kind kind) implements Shape {
            boolean isSmall() {
                return true;
            }

            public double getArea() {
                return 1;
            }
        }

        @Test
        void decode_propertiesOfAllKinds_areRead() {
            var odd = new Odd();
            odd.kept = "x";
            var codec = JsonCodec.of(Odd.class);

            assertThat(codec.decode(codec.encode(odd), LOADER).kept).isEqualTo("x");
        }

        @Test
        void decode_typesOfAllKinds_areEqual() {
            var codec = JsonCodec.of(new TypeReference<Map<String, List<Shape>>>() {});
            var shapes = Map.of(
                    "a",
                    List.<Shape>of(
                            new Circle(new Point(1, 2), Optional.of(new Isbn("3"))),
                            new Square(new Point(4, 5), Kind.B)));
            var trees = JsonCodec.of(Tree.class);
            var tree = new Tree("a", List.of(new Tree("b", List.of())));

            assertThat(codec.decode(codec.encode(shapes), LOADER)).isEqualTo(shapes);
            assertThat(trees.decode(trees.encode(tree), LOADER)).isEqualTo(tree);
        }
    }

    @Test
    void decode_byAnEqualCodec_isEqual() {
        var bytes = JsonCodec.of(Line.class).encode(new Line("x", BigDecimal.ONE));

        assertThat(JsonCodec.of(Line.class).decode(bytes, LOADER)).isEqualTo(new Line("x", BigDecimal.ONE));
        assertThat(JsonCodec.of(Line.class).forKeys().decode(bytes, LOADER)).isEqualTo(new Line("x", BigDecimal.ONE));
    }

    @Test
    void decode_writtenForOtherProperties_failsWithTheType() {
        var bytes = JsonCodec.of(Positive.class).encode(new Positive(1));

        assertThatThrownBy(() -> JsonCodec.of(Line.class).decode(bytes, LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessage("Stored JSON was not written by this " + Line.class.getName()
                        + ": the class, or that of a property, has changed");
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
        var codec = JsonCodec.of(Line.class);
        var bytes = stored(codec, new Line("x", BigDecimal.ONE), json);

        assertThatThrownBy(() -> codec.decode(bytes, LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Line.class.getName())
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void decode_constructorRefuses_failsWithoutItsWords() {
        var codec = JsonCodec.of(Positive.class);
        var bytes = stored(codec, new Positive(1), "{\"number\":-1}");

        assertThatThrownBy(() -> codec.decode(bytes, LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Positive.class.getName())
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void decode_null_isACacheException() {
        // A codec never returns null, or a hit would look like a miss.
        var codec = JsonCodec.of(Line.class);
        var bytes = stored(codec, new Line("x", BigDecimal.ONE), "null");

        assertThatThrownBy(() -> codec.decode(bytes, LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("null");
    }

    @Test
    void of_null_isRefused() {
        assertThatThrownBy(() -> JsonCodec.of((Class<?>) null)).isInstanceOf(NullPointerException.class);
    }
}
