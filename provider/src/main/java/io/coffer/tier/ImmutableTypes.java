package io.coffer.tier;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The classes whose objects cannot change, so that storing them by value needs no copy: the JDK's value types, enums, and
 * records of nothing but those.
 */
public final class ImmutableTypes implements Predicate<Class<?>> {
    private static final Set<Class<?>> KNOWN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Pattern.class,
            Duration.class,
            Period.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            ZoneOffset.class,
            Year.class,
            YearMonth.class,
            MonthDay.class);

    /** Singletons of frameworks, compared by identity: what Spring caches for null. */
    private static final Set<String> KNOWN_BY_NAME = Set.of("org.springframework.cache.support.NullValue");

    private static final ImmutableTypes ALL = new ImmutableTypes(true);
    private static final ImmutableTypes OF_KNOWN_SIZE = new ImmutableTypes(false);

    private final boolean records;

    /* Keeps the answer in the class itself, as a JDK object: nothing of ours is then held by a class that outlives us. */
    private final ClassValue<Boolean> known = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isImmutable(type, new HashSet<>());
        }
    };

    private ImmutableTypes(boolean records) {
        this.records = records;
    }

    /** Returns the predicate that knows all immutable types. */
    public static ImmutableTypes all() {
        return ALL;
    }

    /** Returns the predicate for caches bounded by bytes: a record's size is known only when it is encoded. */
    public static ImmutableTypes ofKnownSize() {
        return OF_KNOWN_SIZE;
    }

    @Override
    public boolean test(Class<?> type) {
        return known.get(type);
    }

    private boolean isImmutable(Class<?> type, Set<Class<?>> within) {
        return type.isPrimitive()
                || KNOWN.contains(type)
                || KNOWN_BY_NAME.contains(type.getName())
                || Enum.class.isAssignableFrom(type)
                || (records && type.isRecord() && isRecordOfImmutables(type, within));
    }

    /** A record that contains its own type may be a long list or a tree; such is encoded rather than looked into. */
    private boolean isRecordOfImmutables(Class<?> type, Set<Class<?>> within) {
        if (!within.add(type)) {
            return false;
        }
        boolean immutable = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .allMatch(component -> isImmutable(component, within));
        within.remove(type);
        return immutable;
    }
}
