package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a codec with a filter has written it reads back; what it refuses is a class that is not allowed, and it says so. */
class WrittenIsReadTest {
    private static final long SEED = 20261124;
    private static final int GRAPHS = 4_000;
    private static final ClassLoader OWN = WrittenIsReadTest.class.getClassLoader();

    private final JavaCodec<Object> codec = JavaCodec.filtered(List.of(Friend.class.getName(), Colour.class.getName()));

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    record Friend(@Nullable Object first, @Nullable Object second) implements Serializable {}

    /** Not on the list. */
    record Stranger(@Nullable Object content) implements Serializable {}

    /** Not on the list, and written by its own method. */
    static final class SelfWritten implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient Object content;

        SelfWritten(Object content) {
            this.content = content;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeObject(content);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            content = in.readObject();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SelfWritten that && Objects.deepEquals(content, that.content);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** The classes of the JDK that users put into caches. */
    static Stream<Arguments> harmless() {
        return Stream.<Object>of(
                        new ArrayDeque<>(List.of(1)).clone().toArray(),
                        new PriorityQueue<>(List.of(2)).toArray(),
                        Arrays.asList(1, "a", null),
                        List.of(1, 2, 3),
                        Set.of(1, 2, 3),
                        Map.of(1, 2, 3, 4),
                        Map.entry(1, 2).toString(),
                        new java.util.AbstractMap.SimpleEntry<>(1, 2),
                        Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 1))),
                        Collections.emptyList(),
                        Collections.singletonMap("a", 1),
                        Collections.nCopies(3, "a"),
                        new LinkedList<>(List.of(1)),
                        new Vector<>(List.of(1)),
                        new LinkedHashMap<>(Map.of("a", 1)),
                        new LinkedHashSet<>(Set.of("a")),
                        new TreeMap<>(Map.of("a", 1)),
                        new TreeSet<>(Set.of("a")),
                        new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER),
                        new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
                        EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS),
                        new Hashtable<>(Map.of("a", 1)),
                        new Properties(),
                        new IdentityHashMap<>(),
                        new ConcurrentHashMap<>(Map.of("a", 1)),
                        new ConcurrentSkipListMap<>(Map.of("a", 1)),
                        new CopyOnWriteArrayList<>(List.of("a")),
                        Collections.newSetFromMap(new ConcurrentHashMap<>()),
                        BitSet.valueOf(new long[] {5}),
                        Locale.GERMANY,
                        Currency.getInstance("EUR"),
                        new Date(5),
                        new java.sql.Timestamp(5),
                        new GregorianCalendar(2026, 10, 22),
                        Period.ofDays(3),
                        ZonedDateTime.of(2026, 11, 22, 1, 2, 3, 4, ZoneId.of("Europe/Berlin")),
                        java.time.Year.of(5),
                        java.time.DayOfWeek.MONDAY,
                        java.time.chrono.JapaneseDate.of(2020, 1, 1),
                        URI.create("https://example.org/"),
                        Colour.GREEN,
                        String.class,
                        new BigInteger[] {BigInteger.TEN},
                        new int[][] {{1}, null},
                        new UUID[] {new UUID(1, 2)})
                .map(object -> Arguments.of(object));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void decode_classOfTheJdk_isEqual(Object object) {
        var decoded = codec.decode(codec.encode(object), OWN);

        assertThat(Objects.deepEquals(decoded, object))
                .as("%s", object.getClass())
                .isTrue();
    }

    /** Without equals, but with a text. */
    @Test
    void decode_classOfTheJdkWithoutEquals_looksTheSame() {
        for (Object object : List.of(
                new ArrayDeque<>(List.of(1)),
                new PriorityQueue<>(List.of(2, 1)),
                new ConcurrentLinkedQueue<>(List.of(1)),
                new AtomicLong(5),
                Pattern.compile("a+"),
                new StringBuilder("a"),
                new IllegalStateException("a", new IOException("b")))) {
            assertThat(codec.decode(codec.encode(object), OWN))
                    .hasSameClassAs(object)
                    .hasToString(object.toString());
        }
    }

    @Test
    void encode_randomGraphs_areReadBackOrRefusedForAClassThatIsNotAllowed() {
        int written = 0;
        int refused = 0;
        for (long seed = SEED; seed < SEED + GRAPHS; seed++) {
            var graph = new Graph(new Random(seed)).object(4);
            byte[] bytes;
            try {
                bytes = codec.encode(graph);
            } catch (CacheException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .matches(message -> message.contains(Stranger.class.getName())
                                || message.contains(SelfWritten.class.getName()));
                // The refusal was right: somebody who takes anything could have written it.
                assertThat(namesAStranger(new JavaCodec<>().encode(graph)))
                        .as("seed %d", seed)
                        .isTrue();
                continue;
            }
            written++;
            assertThat(namesAStranger(bytes)).as("seed %d", seed).isFalse();
            assertThat(Objects.deepEquals(codec.decode(bytes, OWN), graph))
                    .as("seed %d", seed)
                    .isTrue();
        }
        assertThat(written).isGreaterThan(GRAPHS / 4);
        assertThat(refused).isGreaterThan(GRAPHS / 10);
    }

    private static boolean namesAStranger(byte[] bytes) {
        var text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.contains("$Stranger") || text.contains("$SelfWritten");
    }

    /** Random objects of objects; some occur twice. */
    private static final class Graph {
        private final Random random;
        private final List<Object> made = new ArrayList<>();

        Graph(Random random) {
            this.random = random;
        }

        Object object(int depth) {
            if (!made.isEmpty() && random.nextInt(8) == 0) {
                return made.get(random.nextInt(made.size()));
            }
            var object = depth == 0 || random.nextInt(3) == 0 ? leaf() : container(depth - 1);
            made.add(object);
            return object;
        }

        private Object leaf() {
            return switch (random.nextInt(10)) {
                case 0 -> "text" + random.nextInt();
                case 1 -> random.nextLong();
                case 2 -> BigDecimal.valueOf(random.nextInt(), 2);
                case 3 -> Instant.ofEpochMilli(random.nextLong() >> 8);
                case 4 -> Colour.values()[random.nextInt(2)];
                case 5 -> new Date(random.nextInt());
                case 6 -> ZoneId.of("Asia/Tokyo");
                case 7 -> random.nextInt(8) == 0 ? Stranger[].class : TimeUnit.DAYS;
                case 8 -> Colour.class;
                default -> new UUID(random.nextLong(), random.nextLong());
            };
        }

        private Object container(int depth) {
            return switch (random.nextInt(24)) {
                case 0 -> new Stranger(object(depth));
                case 1 -> new SelfWritten(object(depth));
                case 2, 3, 4, 5, 6 -> new Friend(object(depth), object(depth));
                case 7, 8, 9 -> new ArrayList<>(objects(depth));
                case 10, 11 -> new LinkedList<>(objects(depth));
                case 12, 13 -> Collections.unmodifiableList(objects(depth));
                case 14, 15 -> List.copyOf(objects(depth));
                case 16, 17 -> Map.of("k", object(depth));
                case 18, 19 -> new HashMap<>(Map.of("k", object(depth), 2, object(depth)));
                case 20 -> new HashSet<>(Set.of(leaf()));
                case 21 -> Collections.synchronizedList(new ArrayList<>(objects(depth)));
                default -> new ConcurrentHashMap<>(Map.of(1, object(depth)));
            };
        }

        private List<Object> objects(int depth) {
            return Stream.generate(() -> object(depth)).limit(random.nextInt(4)).toList();
        }
    }
}
