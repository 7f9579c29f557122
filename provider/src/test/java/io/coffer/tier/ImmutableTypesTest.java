package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImmutableTypesTest {
    private final ImmutableTypes all = ImmutableTypes.all();

    enum Plain {
        ONE
    }

    enum WithBody {
        ONE {
            @Override
            int number() {
                return 1;
            }
        };

        abstract int number();
    }

    record Point(int x, int y) {}

    record Line(Point from, Point to) {}

    record Shape(String name, Line top, Line bottom, Plain kind) {}

    record WithArray(int[] values) {}

    record WithDate(Date date) {}

    record WithObject(Object any) {}

    record Box<T>(T content) {}

    record Bounded<T extends String>(T content) {}

    record Tree(Tree left, Tree right) {}

    record Ping(Pong pong) {}

    record Pong(Ping ping) {}

    record HasTree(int number, Tree tree) {}

    record Empty() {}

    static final class OwnDecimal extends BigDecimal {
        private static final long serialVersionUID = 1L;

        OwnDecimal() {
            super(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                Integer.class,
                Long.class,
                Character.class,
                Boolean.class,
                Double.class,
                BigInteger.class,
                BigDecimal.class,
                UUID.class,
                URI.class,
                Locale.class,
                Currency.class,
                Pattern.class,
                Instant.class,
                LocalDate.class,
                ZonedDateTime.class,
                Duration.class
            })
    void test_valueTypesOfTheJdk_areImmutable(Class<?> type) {
        assertThat(all.test(type)).isTrue();
        assertThat(ImmutableTypes.ofKnownSize().test(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Object.class,
                Number.class,
                Date.class,
                StringBuilder.class,
                ArrayList.class,
                List.class,
                Optional.class,
                AtomicInteger.class,
                URL.class,
                int[].class,
                String[].class,
                OwnDecimal.class
            })
    void test_whatCanChangeOrMayHaveSubclasses_isNot(Class<?> type) {
        assertThat(all.test(type)).isFalse();
    }

    @Test
    void test_listsThatCannotChange_areNot() {
        // Their elements may.
        assertThat(all.test(List.of(1).getClass())).isFalse();
    }

    @Test
    void test_enums_areImmutable() {
        assertThat(all.test(Plain.ONE.getClass())).isTrue();
        assertThat(all.test(WithBody.ONE.getClass())).isTrue();
        assertThat(ImmutableTypes.ofKnownSize().test(Plain.class)).isTrue();
    }

    @Test
    void test_recordsOfImmutables_areImmutable() {
        assertThat(all.test(Empty.class)).isTrue();
        assertThat(all.test(Point.class)).isTrue();
        assertThat(all.test(Bounded.class)).isTrue();
    }

    @Test
    void test_recordThatHoldsARecordTwice_isImmutable() {
        assertThat(all.test(Line.class)).isTrue();
        assertThat(all.test(Shape.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {WithArray.class, WithDate.class, WithObject.class, Box.class})
    void test_recordsOfWhatCanChange_areNot(Class<?> type) {
        assertThat(all.test(type)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {Tree.class, Ping.class, Pong.class, HasTree.class})
    void test_recordsWithinTheirOwnType_areNot(Class<?> type) {
        assertThat(all.test(type)).isFalse();
    }

    @Test
    void test_recordsWhereSizesMatter_areNot() {
        assertThat(ImmutableTypes.ofKnownSize().test(Point.class)).isFalse();
    }

    @Test
    void test_askedTwice_answersTheSame() {
        assertThat(all.test(Line.class)).isEqualTo(all.test(Line.class)).isTrue();
        assertThat(all.test(Tree.class)).isEqualTo(all.test(Tree.class)).isFalse();
    }
}
