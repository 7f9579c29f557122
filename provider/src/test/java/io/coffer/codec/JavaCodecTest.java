package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.ChildLoader;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JavaCodecTest {
    private static final ClassLoader OWN = JavaCodecTest.class.getClassLoader();

    private final JavaCodec<Object> codec = new JavaCodec<>();

    /** A class of an application. */
    public static final class Order implements Serializable {
        private static final long serialVersionUID = 1L;
        public int number = 7;
    }

    /** An interface of an application, and one that only its package sees. */
    public interface Named {
        String name();
    }

    interface Hidden {
        String name();
    }

    public static final class Answering implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "answer";
        }
    }

    /** Fails when it is written, or when it is read, and tells a secret as it does. */
    static final class Failing implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String when;

        Failing(String when) {
            this.when = when;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            if (when.equals("writing")) {
                throw new IllegalStateException("secret");
            }
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (when.equals("reading")) {
                throw new IllegalStateException("secret");
            }
            if (when.equals("validating")) {
                throw new InvalidObjectException("secret");
            }
        }
    }

    static Stream<Arguments> objects() {
        return Stream.<Object>of(
                        "text",
                        1,
                        new ArrayList<>(List.of("a", 1, 2.5)),
                        new HashMap<>(Map.of("k", List.of(1))),
                        new int[] {1, 2},
                        new int[][] {{1}, {2, 3}},
                        new String[][] {{"a"}, null},
                        new Object[] {1, new long[] {2}},
                        new Class<?>[] {int.class, void.class, int[].class, String.class, Order[].class, long[][].class
                        },
                        Thread.State.BLOCKED)
                .map(object -> Arguments.of(object));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void decode_whatWasEncoded_isEqual(Object object) {
        assertThat(codec.decode(codec.encode(object), OWN)).isEqualTo(object);
    }

    @Test
    void decode_classOfAChildLoader_isFoundByTheGivenLoader() throws Exception {
        try (var child = new ChildLoader(JavaCodecTest.class)) {
            var order = child.instance(Order.class);

            var decoded = codec.decode(codec.encode(order), child);

            assertThat(decoded).isInstanceOf(order.getClass()).isNotInstanceOf(Order.class);
        }
    }

    @Test
    void decode_arraysOfAChildLoadersClass_areFoundByTheGivenLoader() throws Exception {
        try (var child = new ChildLoader(JavaCodecTest.class)) {
            var order = child.instance(Order.class);
            var row = Array.newInstance(order.getClass(), 1);
            Array.set(row, 0, order);
            var rows = Array.newInstance(row.getClass(), 2);
            Array.set(rows, 1, row);

            var decoded = codec.decode(codec.encode(rows), child);

            assertThat(decoded).hasSameClassAs(rows);
            assertThat(Array.get(Array.get(decoded, 1), 0)).isInstanceOf(order.getClass());
        }
    }

    @Test
    void decode_classThatTheLoaderDoesNotKnow_failsWithItsName() throws Exception {
        byte[] encoded = codec.encode(new Order());

        assertThatThrownBy(() -> codec.decode(encoded, ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(CacheException.class)
                .hasRootCauseInstanceOf(ClassNotFoundException.class)
                .hasRootCauseMessage(Order.class.getName());
    }

    @Test
    void decode_proxy_answersAsBefore() {
        var proxy = Proxy.newProxyInstance(OWN, new Class<?>[] {Named.class}, new Answering());

        var decoded = codec.decode(codec.encode(proxy), OWN);

        assertThat(((Named) decoded).name()).isEqualTo("answer");
    }

    @Test
    void decode_proxyOfAChildLoadersInterface_implementsThatInterface() throws Exception {
        try (var child = new ChildLoader(JavaCodecTest.class)) {
            var named = child.loadClass(Named.class.getName());
            var handler = (InvocationHandler) child.instance(Answering.class);
            var proxy = Proxy.newProxyInstance(child, new Class<?>[] {named, Comparable.class}, handler);

            var decoded = codec.decode(codec.encode(proxy), child);

            assertThat(named.isInstance(decoded)).isTrue();
            assertThat(decoded).isInstanceOf(Comparable.class).isNotInstanceOf(Named.class);
        }
    }

    @Test
    void decode_proxyOfAnInterfaceThatIsNotPublic_isMadeInItsLoader() throws Exception {
        try (var child = new ChildLoader(Order.class)) {
            var proxy = Proxy.newProxyInstance(OWN, new Class<?>[] {Hidden.class}, new Answering());

            var decoded = codec.decode(codec.encode(proxy), child);

            assertThat(((Hidden) decoded).name()).isEqualTo("answer");
        }
    }

    @Test
    void encode_notSerializable_namesClassAndCulprit() {
        assertThatThrownBy(() -> codec.encode(new ArrayList<>(List.of(new Thread("secret")))))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(ArrayList.class.getName())
                .hasMessageContaining(Thread.class.getName())
                .hasMessageNotContaining("secret");
    }

    @Test
    void encode_objectFailsItself_isACacheExceptionWithoutItsWords() {
        assertThatThrownBy(() -> codec.encode(new Failing("writing")))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Failing.class.getName())
                .hasMessageNotContaining("secret");
    }

    @Test
    void decode_objectFailsItself_isACacheExceptionWithoutItsWords() {
        for (var when : List.of("reading", "validating")) {
            byte[] encoded = codec.encode(new Failing(when));

            assertThatThrownBy(() -> codec.decode(encoded, OWN))
                    .as(when)
                    .isInstanceOf(CacheException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void decode_bytesCutOff_isACacheException() {
        byte[] encoded = codec.encode(new ArrayList<>(List.of("a", "b", "c")));

        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> codec.decode(cut, OWN))
                    .as("length %d", length)
                    .isInstanceOf(CacheException.class);
        }
    }
}
