package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.spi.Codec;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An object that cannot be written at all: a filter does not hide why. */
class FailedEncodingTest {
    private final JavaCodec<Object> anything = new JavaCodec<>();
    private final JavaCodec<Object> filtered = JavaCodec.filtered(List.of());

    record Order(Object content) implements Serializable {}

    /** What a class throws that cannot be written. It is on no list, and neither is what it carries. */
    static final class OwnFailure extends IOException {
        private static final long serialVersionUID = 1L;
        final Order order = new Order("secret");

        OwnFailure() {
            super("no");
        }
    }

    static final class Failing implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new OwnFailure();
        }
    }

    /** Takes an exception of the stream for one of its own, and goes on. */
    static final class Swallowing implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                out.writeObject(new Order("secret"));
            } catch (RuntimeException e) {
                out.writeObject("failed: " + e.getClass());
            }
        }
    }

    static Stream<Arguments> unwritable() {
        return Stream.<Object>of(
                        new Object(),
                        new Object[] {new Object()},
                        Optional.of("secret"),
                        new ArrayList<>(List.of(new Object())),
                        new Order(new Object()),
                        new Failing(),
                        new ArrayList<>(List.of(new Failing())))
                .map(object -> Arguments.of(object));
    }

    /** The stream ends with the exception that it met, as one more object; that is not what was to be stored. */
    @ParameterizedTest
    @MethodSource("unwritable")
    void encode_objectThatCannotBeWritten_failsAsWithoutAFilter(Object object) {
        assertFailsAlike(object, anything, filtered);
        assertFailsAlike(object, anything.forKeys(), filtered.forKeys());
    }

    private static void assertFailsAlike(Object object, Codec<Object> unfiltered, Codec<Object> filtered) {
        var expected = catchThrowable(() -> unfiltered.encode(object));
        assertThat(expected)
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("cannot be stored by value");

        assertThatThrownBy(() -> filtered.encode(object))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(expected.getMessage())
                .cause()
                .hasSameClassAs(expected.getCause());
    }

    @Test
    void encode_exceptionAsAValue_isFilteredAsAnyOther() {
        assertThatThrownBy(() -> filtered.encode(new OwnFailure()))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining(OwnFailure.class.getName())
                .hasMessageContaining("not allowed");
    }

    @Test
    void encode_severalClassesNotAllowed_namesTheFirst() {
        assertThatThrownBy(() -> filtered.encode(new OwnFailure[] {new OwnFailure()}))
                .hasMessageStartingWith("Objects of " + OwnFailure.class.getName());
        assertThatThrownBy(() -> filtered.encode(new Order(new Swallowing())))
                .hasMessageStartingWith("Objects of " + Order.class.getName());
    }

    @Test
    void encode_writerThatCatchesWhatTheStreamThrows_isRefused() {
        var allowed = JavaCodec.filtered(List.of(Swallowing.class.getName()));

        assertThatThrownBy(() -> allowed.encode(new Swallowing()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Order.class.getName());
    }
}
