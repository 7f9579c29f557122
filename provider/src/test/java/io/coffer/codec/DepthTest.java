package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is nested too deep to be read back is refused when it is written, and who reads has some of the stack for himself. */
class DepthTest {
    private static final int DEPTH_LEAST = 100;
    /** Three quarters of what a thread has on most machines. */
    private static final int STACK_BYTES = 768 << 10;
    /** Methods are compiled meanwhile, and then need more of the stack for a while. */
    private static final int READS = 1_000;

    private final JavaCodec<Object> codec = JavaCodec.filtered(List.of("io.coffer.codec.*"));

    /** Holds another. */
    private record Holder(Object held) implements Serializable {}

    static Stream<Arguments> containers() {
        return Stream.of(
                container("array", held -> new Object[] {held}),
                container("record", Holder::new),
                container("list", held -> new ArrayList<>(List.of(held))),
                container("list that cannot be changed", List::of),
                container("map", held -> new HashMap<>(Map.of("k", held))),
                container("sorted map", held -> new TreeMap<>(Map.of("k", held))));
    }

    private static Arguments container(String name, UnaryOperator<Object> within) {
        return Arguments.of(name, within);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("containers")
    void encode_deepestThatIsTaken_isReadBackWithPartOfTheStack(String name, UnaryOperator<Object> within) {
        byte[] deepest = deepest(within);
        var reading = new FutureTask<Object>(() -> {
            for (int i = 1; i < READS; i++) {
                codec.decode(deepest, DepthTest.class.getClassLoader());
            }
            return codec.decode(deepest, DepthTest.class.getClassLoader());
        });
        new Thread(null, reading, "reading", STACK_BYTES).start();

        assertThat(Tasks.result(reading)).hasSameClassAs(within.apply("end"));
    }

    private byte[] deepest(UnaryOperator<Object> within) {
        Object nested = "end";
        var bytes = new byte[0];
        for (int depth = 1; ; depth++) {
            nested = within.apply(nested);
            try {
                bytes = codec.encode(nested);
            } catch (CacheException e) {
                assertThat(e).hasMessageContaining("nested too deep");
                assertThat(depth).isGreaterThan(DEPTH_LEAST);
                return bytes;
            }
        }
    }
}
