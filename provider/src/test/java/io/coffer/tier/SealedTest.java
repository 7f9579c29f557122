package io.coffer.tier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.codec.StringCodec;
import io.coffer.crypto.Algorithms;
import io.coffer.crypto.HeapSeal;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What memory holds of a sealed cache. */
class SealedTest {
    private final Encoding<String> encoding =
            new Encoding<>("value", new StringCodec(), SealedTest.class::getClassLoader);
    private final Sealed<String> form = new Sealed<>(encoding, new HeapSeal(Algorithms.of(null)));

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "pneumonia"})
    void take_anyValue_isGivenBack(String value) {
        assertThat(form.take(value).value()).isEqualTo(value);
        assertThat(form.restore(value, encoding.encode(value)).value()).isEqualTo(value);
        assertThat(form.copy(value)).isEqualTo(value);
    }

    @Test
    void take_value_isNotInWhatIsKept() throws Exception {
        var kept = List.of(
                form.take("pneumonia"),
                form.restore("pneumonia", "pneumonia".getBytes(UTF_8)),
                form.takeForStore("pneumonia", encoding).inMemory());

        for (var each : kept) {
            assertThat(each).isInstanceOf(SealedValue.class);
            assertThat(arraysIn(each))
                    .isNotEmpty()
                    .allSatisfy(bytes -> assertThat(new String(bytes, UTF_8)).doesNotContain("pneumonia"));
        }
    }

    /** All byte arrays that can be reached by fields of our own classes. */
    private static List<byte[]> arraysIn(Object root) throws IllegalAccessException {
        var found = new ArrayList<byte[]>();
        var seen = new HashSet<>(Set.of(System.identityHashCode(root)));
        var open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            var next = open.pop();
            for (var type = next.getClass(); type != null && type.getName().startsWith("io.coffer."); ) {
                for (var field : type.getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers())
                            || field.getType().isPrimitive()) {
                        continue;
                    }
                    field.setAccessible(true);
                    var value = field.get(next);
                    if (value instanceof byte[] bytes) {
                        found.add(bytes);
                    } else if (value != null && seen.add(System.identityHashCode(value))) {
                        open.add(value);
                    }
                }
                type = type.getSuperclass();
            }
        }
        return found;
    }

    @Test
    void takeForStore_value_hasItsEncodedBytes() {
        var outgoing = form.takeForStore("pneumonia", encoding);

        assertThat(outgoing.encoded()).isEqualTo(encoding.encode("pneumonia"));
        assertThat(outgoing.value()).isEqualTo("pneumonia");
    }

    @Test
    void expiringAt_sealedValue_isTheSameValue() {
        var taken = form.take("pneumonia");
        var later = taken.expiringAt(5);

        assertThat(later.hasValueOf(taken)).isTrue();
        assertThat(later.expiresAtMillis()).isEqualTo(5);
        assertThat(later.encoded()).isEqualTo(encoding.encode("pneumonia"));
        assertThat(later.size()).isGreaterThan("pneumonia".length());
        assertThat(form.take("pneumonia").hasValueOf(taken)).isFalse();
    }
}
