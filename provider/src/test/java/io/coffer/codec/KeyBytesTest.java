package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.spi.Codec;
import java.io.IOException;
import java.io.Serializable;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;

/** A store knows keys by their bytes: equal keys must have equal bytes, in every codec. */
class KeyBytesTest {
    private static final long SEED = 20261123;
    private static final ClassLoader OWN = KeyBytesTest.class.getClassLoader();

    private final Codec<Object> codec = new JavaCodec<>().forKeys();

    record Pair(@Nullable Object first, @Nullable Object second) implements Serializable {}

    /** Fields that a list, set or map of another class would not fit into. */
    record Narrow(
            ArrayList<String> list, HashSet<String> set, HashMap<String, String> map, TreeMap<String, String> sorted)
            implements Serializable {}

    /** As frameworks make keys of several parameters. */
    static final class Parameters implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // the tests put Serializable objects into it
        private final Object[] parameters;

        Parameters(Object... parameters) {
            this.parameters = parameters.clone();
        }
    }

    private static String fresh(String text) {
        return new String(text.toCharArray());
    }

    private static Set<Object> inOrder(Object... elements) {
        return new LinkedHashSet<>(List.of(elements));
    }

    static Stream<Arguments> equalKeys() {
        var twice = "a";
        var large = Long.valueOf(1L << 40);
        var point = new Pair(1, 2);
        var year = Year.of(5);
        return Stream.of(
                Arguments.of(new Pair(twice, twice), new Pair(fresh("a"), fresh("a"))),
                Arguments.of(new Pair(large, large), new Pair(1L << 40, 1L << 40)),
                Arguments.of(new Pair(point, point), new Pair(new Pair(1, 2), new Pair(1, 2))),
                Arguments.of(new Pair(year, year), new Pair(Year.of(5), Year.of(5))),
                Arguments.of(inOrder("a", "b", "c"), inOrder("c", "b", "a")),
                Arguments.of(inOrder("a", "b", "c"), new HashSet<>(Set.of("a", "b", "c"))),
                Arguments.of(Set.of("a", "b", "c"), new HashSet<>(List.of("a", "b", "c"))),
                Arguments.of(Set.of("a"), Collections.singleton("a")),
                Arguments.of(Set.of(), Collections.emptySet()),
                Arguments.of(Set.of(List.of(1), List.of(2)), inOrder(Arrays.asList(2), new ArrayList<>(List.of(1)))),
                Arguments.of(Set.of(Set.of(1, 2), Set.of(3, 4)), inOrder(inOrder(4, 3), inOrder(2, 1))),
                Arguments.of(List.of(1, 2), new ArrayList<>(List.of(1, 2))),
                Arguments.of(List.of(1, 2), Arrays.asList(1, 2)),
                Arguments.of(
                        Collections.unmodifiableList(Arrays.asList(1, null)),
                        Stream.of(1, null).toList()),
                Arguments.of(List.of(List.of(List.of())), Arrays.asList(new ArrayList<>(List.of(Arrays.asList())))),
                Arguments.of(List.of(Set.of(1, 2), Map.of()), List.of(inOrder(2, 1), new HashMap<>())),
                Arguments.of(Map.of("a", 1, "b", 2), linked("b", 2, "a", 1)),
                Arguments.of(Map.of("a", Set.of(1, 2)), linked("a", inOrder(2, 1))),
                Arguments.of(Map.of(List.of("x"), "v"), new HashMap<>(Map.of(Arrays.asList("x"), "v"))),
                Arguments.of(new HashSet<>(inOrder(1, 2, 3)), widened(inOrder(1, 2, 3))),
                Arguments.of(new Pair(Set.of("a", "b"), null), new Pair(inOrder("b", "a"), null)));
    }

    private static Map<Object, Object> linked(Object... keysAndValues) {
        var map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** A table of another capacity. */
    private static Set<Object> widened(Set<Object> elements) {
        var set = new HashSet<>(1 << 12);
        set.addAll(elements);
        return set;
    }

    @ParameterizedTest
    @MethodSource("equalKeys")
    void encode_equalKeys_haveEqualBytes(Object one, Object other) {
        assertThat(one).isEqualTo(other);

        assertThat(codec.encode(one)).isEqualTo(codec.encode(other));
        assertThat(codec.encode(new Parameters(one, 1))).isEqualTo(codec.encode(new Parameters(other, 1)));
    }

    @ParameterizedTest
    @MethodSource("equalKeys")
    void decode_key_isEqual(Object one, Object other) {
        assertThat(codec.decode(codec.encode(one), OWN)).isEqualTo(other);
        assertThat(JavaCodec.filtered(List.of("io.coffer.codec.*")).forKeys().decode(codec.encode(one), OWN))
                .isEqualTo(one);
    }

    @Test
    void decode_fieldsOfOneClass_areOfThatClass() {
        var narrow = new Narrow(
                new ArrayList<>(List.of("a")),
                new HashSet<>(Set.of("b")),
                new HashMap<>(Map.of("c", "d")),
                new TreeMap<>(Map.of("e", "f")));

        assertThat(codec.decode(codec.encode(narrow), OWN)).isEqualTo(narrow);
    }

    @ParameterizedTest
    @MethodSource("unordered")
    void encode_collectionWithoutAnOrder_isRefusedWithWhatWouldBeRight(Object collection) {
        for (var key : List.of(collection, new Pair(1, collection), new Parameters(collection))) {
            assertThatThrownBy(() -> codec.encode(key))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(collection.getClass().getName())
                    .hasMessageContaining("keyCodec");
        }
    }

    static Stream<Object> unordered() {
        return Stream.of(
                new ConcurrentHashMap<>(Map.of("a", 1)),
                new CopyOnWriteArraySet<>(List.of("a")),
                new Hashtable<>(Map.of("a", 1)),
                new java.util.IdentityHashMap<>(Map.of("a", 1)),
                new HashSet<>(List.of("a")) {
                    private static final long serialVersionUID = 1L;
                });
    }

    /** The bytes are on disk: another JDK, or a later version, must make the same. */
    @Test
    void encode_collections_areTheGoldenBytes() throws IOException {
        var key = new ArrayList<Object>(List.of(Set.of("a", "b"), Map.of(1, "a"), TimeUnit.DAYS));
        for (int i = 0; i < 40; i++) {
            key.add(Set.of("x" + i));
        }
        key.add(new HashSet<>(List.copyOf(key).subList(3, 43)));

        try (var golden = KeyBytesTest.class.getResourceAsStream("/format/1/java-key")) {
            assertThat(golden).isNotNull();
            assertThat(codec.encode(key)).isEqualTo(golden.readAllBytes());
        }
    }

    /** Copies with equal parts made anew, in another order, and shared otherwise. */
    @Test
    void encode_randomKeys_haveEqualBytesIfAndOnlyIfTheyAreEqual() {
        var random = new Random(SEED);
        var byBytes = new HashMap<List<Byte>, Object>();
        for (int i = 0; i < 3_000; i++) {
            var key = random(random, 3);
            var bytes = boxed(codec.encode(key));

            assertThat(boxed(codec.encode(copy(key, random))))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(bytes);
            var before = byBytes.putIfAbsent(bytes, key);
            assertThat(before == null || before.equals(key))
                    .as("seed %d, round %d", SEED, i)
                    .isTrue();
        }
        assertThat(byBytes.values()).doesNotHaveDuplicates();
    }

    private static List<Byte> boxed(byte[] bytes) {
        var list = new ArrayList<Byte>();
        for (byte each : bytes) {
            list.add(each);
        }
        return list;
    }

    private static Object random(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 3 : 7);
        return switch (kind) {
            case 0 -> "s" + random.nextInt(4);
            case 1 -> random.nextInt(4) + 1_000L;
            case 2 -> Year.of(random.nextInt(4));
            case 3 -> new Pair(random(random, depth - 1), random(random, depth - 1));
            case 4 -> list(random, depth);
            case 5 -> new HashSet<>(list(random, depth));
            default -> {
                var map = new HashMap<>();
                list(random, depth).forEach(key -> map.put(key, random(random, depth - 1)));
                yield map;
            }
        };
    }

    private static List<Object> list(Random random, int depth) {
        return Stream.generate(() -> random(random, depth - 1))
                .limit(random.nextInt(4))
                .toList();
    }

    private static Object copy(Object object, Random random) {
        if (object instanceof String text) {
            return random.nextBoolean() ? text : fresh(text);
        }
        if (object instanceof Pair pair) {
            return new Pair(copy(pair.first(), random), copy(pair.second(), random));
        }
        if (object instanceof List<?> list) {
            var copies = copies(list, random);
            return random.nextBoolean() ? copies : List.copyOf(copies);
        }
        if (object instanceof Set<?> set) {
            var copies = copies(set, random);
            Collections.shuffle(copies, random);
            return random.nextBoolean() ? new LinkedHashSet<>(copies) : Set.copyOf(copies);
        }
        if (object instanceof Map<?, ?> map) {
            var keys = new ArrayList<Object>(map.keySet());
            Collections.shuffle(keys, random);
            var copy = new LinkedHashMap<>();
            keys.forEach(key -> copy.put(copy(key, random), copy(map.get(key), random)));
            return random.nextBoolean() ? copy : Map.copyOf(copy);
        }
        return object instanceof Long number && random.nextBoolean() ? Long.valueOf(number) : object;
    }

    private static List<Object> copies(java.util.Collection<?> objects, Random random) {
        var copies = new ArrayList<Object>();
        objects.forEach(each -> copies.add(copy(each, random)));
        return copies;
    }

    @Test
    void json_equalKeys_haveEqualBytes() {
        var json =
                JsonCodec.of(new TypeReference<Map<String, Set<Integer>>>() {}).forKeys();

        assertThat(json.encode(map("a", Set.of(1, 20, 3), "b", Set.of())))
                .isEqualTo(json.encode(map("b", Set.of(), "a", new LinkedHashSet<>(List.of(20, 3, 1)))));
    }

    private static Map<String, Set<Integer>> map(String one, Set<Integer> its, String other, Set<Integer> others) {
        var map = new LinkedHashMap<String, Set<Integer>>();
        map.put(one, its);
        map.put(other, others);
        return map;
    }
}
