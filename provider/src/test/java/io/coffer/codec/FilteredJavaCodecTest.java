package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The java codec of files that are not authenticated. */
class FilteredJavaCodecTest {
    private static final ClassLoader OWN = FilteredJavaCodecTest.class.getClassLoader();

    private final JavaCodec<Object> anything = new JavaCodec<>();
    private final JavaCodec<Object> codec = JavaCodec.filtered(List.of());
    private final JavaCodec<Object> ours = JavaCodec.filtered(List.of("io.coffer.codec.**"));

    record Order(
            String name, @org.jspecify.annotations.Nullable Object content) implements Serializable {}

    interface Named extends Serializable {
        String name();
    }

    record Answering(String answer) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return answer;
        }
    }

    /** Nested as deep as one likes. */
    static final class Node implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // the tests put Serializable objects into it
        final Object next;

        Node(Object next) {
            this.next = next;
        }
    }

    static Stream<Arguments> refused() {
        return Stream.<Object>of(
                        new Order("secret", 1),
                        new Order[0],
                        new Object[] {new Order("secret", 1)},
                        new ArrayList<>(List.of(new Order("secret", 1))),
                        new HashMap<>(Map.of("k", new Order("secret", 1))),
                        Order.class,
                        Order[][].class,
                        new IllegalStateException(new NotOnTheList()))
                .map(object -> Arguments.of(object));
    }

    /** An exception of an application. */
    static final class NotOnTheList extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void encode_classNotAllowed_isRefusedWithTheLineToAdd(Object object) {
        assertThatThrownBy(() -> codec.encode(object))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining(FilteredJavaCodecTest.class.getName() + "$")
                .hasMessageContaining("\"allow\": [\"io.coffer.codec.**\"]")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void encode_classOfAnAllowedPackage_isReadBack(Object object) {
        var decoded = ours.decode(ours.encode(object), OWN);

        assertThat(decoded).hasSameClassAs(object).hasToString(textOf(object, decoded));
    }

    /** Exceptions have no equals, arrays print their identity. */
    private static String textOf(Object object, Object decoded) {
        return object.getClass().isArray() ? decoded.toString() : object.toString();
    }

    /** Files can be changed by others: what a codec without a filter would have written is not read. */
    @ParameterizedTest
    @MethodSource("refused")
    void decode_classNotAllowed_isRefusedWithItsName(Object object) {
        byte[] bytes = anything.encode(object);

        assertThatThrownBy(() -> codec.decode(bytes, OWN))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining(FilteredJavaCodecTest.class.getName())
                .hasMessageContaining("not allowed");
    }

    @Test
    void encode_declaredType_isReadBack() {
        var declared = JavaCodec.filtered(List.of(), Order.class);
        var order = new Order("a", List.of(1));

        assertThat(declared.decode(declared.encode(order), OWN)).isEqualTo(order);
    }

    @Test
    void encode_lambda_isRefusedWhateverIsAllowed() {
        var lambda = (Supplier<String> & Serializable) () -> "a";
        var all = JavaCodec.filtered(List.of("java.**", "io.**"));

        assertThatThrownBy(() -> all.encode(lambda))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("lambda");
        byte[] bytes = anything.encode(lambda);
        assertThatThrownBy(() -> all.decode(bytes, OWN)).isInstanceOf(CacheException.class);
    }

    @Test
    void encode_proxy_isReadBackIfInterfacesAndHandlerAreAllowed() {
        var proxy = Proxy.newProxyInstance(OWN, new Class<?>[] {Named.class}, new Answering("answer"));

        assertThat(((Named) ours.decode(ours.encode(proxy), OWN)).name()).isEqualTo("answer");
        assertThatThrownBy(() ->
                        JavaCodec.filtered(List.of(Answering.class.getName())).encode(proxy))
                .hasMessageContaining(Named.class.getName());
        assertThatThrownBy(
                        () -> JavaCodec.filtered(List.of(Named.class.getName())).encode(proxy))
                .hasMessageContaining(Answering.class.getName());
        byte[] bytes = anything.encode(proxy);
        assertThatThrownBy(() -> codec.decode(bytes, OWN)).isInstanceOf(CacheException.class);
    }

    /** At any depth: either it is refused at once, or it is read back. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 249, 250, 400, 500, 501, 999, 1_000, 1_499, 1_999, 2_000, 3_000, 100_000})
    void encode_nestedObjects_areRefusedOrReadBack(int depth) {
        Object nodes = "end";
        Object arrays = "end";
        Object lists = "end";
        for (int i = 0; i < depth; i++) {
            nodes = new Node(nodes);
            arrays = new Object[] {arrays};
            lists = new ArrayList<>(Collections.singletonList(lists));
        }

        for (var object : List.of(nodes, arrays, lists)) {
            byte[] bytes;
            try {
                bytes = ours.encode(object);
            } catch (CacheException e) {
                assertThat(e).hasMessageContaining("nested too deep");
                assertThat(depth).isGreaterThan(100);
                continue;
            }
            assertThat(ours.decode(bytes, OWN)).hasSameClassAs(object);
        }
    }

    /** Without the depth being felt by who stores long lists. */
    @Test
    void encode_manyObjectsSideBySide_areReadBack() {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < 20_000; i++) {
            nodes.add(new Node(new Node("leaf")));
        }

        assertThat((List<?>) ours.decode(ours.encode(nodes), OWN)).hasSize(20_000);
    }

    @Test
    void decode_nestedDeeperThanIsWritten_isACacheException() {
        Object node = "end";
        for (int i = 0; i < 2_100; i++) {
            node = new Node(node);
        }
        var root = node;
        byte[] bytes = inALargeStack(() -> anything.encode(root));

        assertThatThrownBy(() -> inALargeStack(() -> ours.decode(bytes, OWN)))
                .isInstanceOf(CacheException.class)
                .hasRootCauseMessage("filter status: REJECTED");
    }

    private static <R> R inALargeStack(Supplier<R> action) {
        var result = new java.util.concurrent.CompletableFuture<R>();
        var thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(action.get());
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "deep",
                64 << 20);
        thread.start();
        try {
            return result.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    /** A length in a stream asks for memory before the elements are there. */
    @Test
    void decode_arrayLongerThanTheStream_isRefusedBeforeItIsMade() throws IOException {
        for (var array : List.of(new Object[3], new long[3][], new int[0][0], new String[3])) {
            byte[] bytes = serialized(array);
            // The length stands before the elements, which are all null, and are one byte each.
            int at = bytes.length - java.lang.reflect.Array.getLength(array) - Integer.BYTES;
            ByteBuffer.wrap(bytes).putInt(at, Integer.MAX_VALUE - 8);

            assertThatThrownBy(() -> codec.decode(bytes, OWN))
                    .isInstanceOf(CacheException.class)
                    .hasRootCauseMessage("filter status: REJECTED");
        }
    }

    @Test
    void decode_manyArraysThatEachAreNoLongerThanTheStream_areRefused() throws IOException {
        Object nested = new Object[] {null};
        for (int i = 0; i < 500; i++) {
            nested = new Object[] {nested};
        }
        byte[] bytes = serialized(nested);
        // Each array within the first is a tag, a reference of five bytes, the length, and its element; the last
        // element is null.
        for (int i = 0; i < 500; i++) {
            ByteBuffer.wrap(bytes).putInt(bytes.length - 1 - Integer.BYTES - 10 * i, bytes.length);
        }

        assertThatThrownBy(() -> codec.decode(bytes, OWN))
                .isInstanceOf(CacheException.class)
                .hasRootCauseMessage("filter status: REJECTED");
    }

    @Test
    void decode_null_isACacheException() throws IOException {
        byte[] bytes = serialized(null);

        assertThatThrownBy(() -> codec.decode(bytes, OWN)).isInstanceOf(CacheException.class);
    }

    /** Tables of the JDK ask for more places than they have entries, and are let. */
    @Test
    void decode_emptyAndSparseTables_areReadBack() {
        var sparse = new HashMap<Object, Object>(1 << 16, 0.01f);
        for (int i = 0; i < 1_000; i++) {
            sparse.put(i, null);
        }
        var all = List.of(
                new HashMap<>(1 << 20),
                new java.util.IdentityHashMap<>(1 << 16),
                new java.util.Hashtable<>(1 << 16),
                new java.util.Properties(),
                new TreeMap<>(Collections.reverseOrder()),
                new java.util.concurrent.ConcurrentHashMap<>(1 << 16),
                sparse);

        for (var each : all) {
            assertThat(codec.decode(codec.encode(each), OWN)).isEqualTo(each).hasSameClassAs(each);
        }
    }

    private static byte[] serialized(@org.jspecify.annotations.Nullable Object object) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
