package io.coffer.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Value types whose objects all take the same number of bytes; little-endian.
 *
 * @param writer writes the content
 * @param reader reads it; null, or a DateTimeException, if it is the content of no object
 */
record FixedForm<T>(
        int tag, Class<T> type, int size, BiConsumer<ByteBuffer, T> writer, Function<ByteBuffer, @Nullable T> reader)
        implements CompactForm<T> {
    private static final int NANOS = 1_000_000_000;

    static final List<FixedForm<?>> ALL = List.of(
            new FixedForm<>(0x0A, Character.class, 2, ByteBuffer::putChar, ByteBuffer::getChar),
            new FixedForm<>(0x0B, Byte.class, 1, ByteBuffer::put, ByteBuffer::get),
            new FixedForm<>(0x0C, Short.class, 2, ByteBuffer::putShort, ByteBuffer::getShort),
            new FixedForm<>(0x0D, Integer.class, 4, ByteBuffer::putInt, ByteBuffer::getInt),
            new FixedForm<>(0x0E, Long.class, 8, ByteBuffer::putLong, ByteBuffer::getLong),
            new FixedForm<>(0x0F, Float.class, 4, FixedForm::putFloat, FixedForm::getFloat),
            new FixedForm<>(0x10, Double.class, 8, FixedForm::putDouble, FixedForm::getDouble),
            new FixedForm<>(0x13, UUID.class, 16, FixedForm::putUuid, FixedForm::getUuid),
            new FixedForm<>(0x18, Instant.class, 12, FixedForm::putInstant, FixedForm::getInstant),
            new FixedForm<>(0x19, Duration.class, 12, FixedForm::putDuration, FixedForm::getDuration),
            new FixedForm<>(0x1A, LocalDate.class, 6, FixedForm::putDate, FixedForm::getDate),
            new FixedForm<>(0x1B, LocalTime.class, 8, FixedForm::putTime, FixedForm::getTime),
            new FixedForm<>(0x1C, LocalDateTime.class, 14, FixedForm::putDateTime, FixedForm::getDateTime),
            new FixedForm<>(0x1D, OffsetDateTime.class, 18, FixedForm::putOffset, FixedForm::getOffset));

    @Override
    public byte[] encode(T value) {
        byte[] bytes = new byte[1 + size];
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) tag);
        writer.accept(buffer, value);
        return bytes;
    }

    @Override
    public T decode(byte[] bytes) {
        var value = bytes.length == 1 + size ? read(bytes) : null;
        if (value == null) {
            throw CompactForm.damaged(type.getSimpleName(), bytes);
        }
        return value;
    }

    /** The words of a DateTimeException tell the content. */
    @SuppressWarnings("UnusedException")
    private @Nullable T read(byte[] bytes) {
        try {
            return reader.apply(ByteBuffer.wrap(bytes, 1, size).order(ByteOrder.LITTLE_ENDIAN));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** All NaN are equal, so they have the same bytes. */
    private static void putFloat(ByteBuffer buffer, Float value) {
        buffer.putInt(Float.floatToIntBits(value));
    }

    private static @Nullable Float getFloat(ByteBuffer buffer) {
        int bits = buffer.getInt();
        float value = Float.intBitsToFloat(bits);
        return Float.floatToIntBits(value) == bits ? value : null;
    }

    private static void putDouble(ByteBuffer buffer, Double value) {
        buffer.putLong(Double.doubleToLongBits(value));
    }

    private static @Nullable Double getDouble(ByteBuffer buffer) {
        long bits = buffer.getLong();
        double value = Double.longBitsToDouble(bits);
        return Double.doubleToLongBits(value) == bits ? value : null;
    }

    /** In the order in which it is printed. */
    private static void putUuid(ByteBuffer buffer, UUID value) {
        buffer.order(ByteOrder.BIG_ENDIAN)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }

    private static UUID getUuid(ByteBuffer buffer) {
        buffer.order(ByteOrder.BIG_ENDIAN);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static void putInstant(ByteBuffer buffer, Instant value) {
        buffer.putLong(value.getEpochSecond()).putInt(value.getNano());
    }

    private static @Nullable Instant getInstant(ByteBuffer buffer) {
        long seconds = buffer.getLong();
        int nanos = buffer.getInt();
        return nanos < 0 || nanos >= NANOS ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    private static void putDuration(ByteBuffer buffer, Duration value) {
        buffer.putLong(value.getSeconds()).putInt(value.getNano());
    }

    private static @Nullable Duration getDuration(ByteBuffer buffer) {
        long seconds = buffer.getLong();
        int nanos = buffer.getInt();
        return nanos < 0 || nanos >= NANOS ? null : Duration.ofSeconds(seconds, nanos);
    }

    private static void putDate(ByteBuffer buffer, LocalDate value) {
        buffer.putInt(value.getYear()).put((byte) value.getMonthValue()).put((byte) value.getDayOfMonth());
    }

    private static LocalDate getDate(ByteBuffer buffer) {
        return LocalDate.of(buffer.getInt(), buffer.get(), buffer.get());
    }

    private static void putTime(ByteBuffer buffer, LocalTime value) {
        buffer.putLong(value.toNanoOfDay());
    }

    private static LocalTime getTime(ByteBuffer buffer) {
        return LocalTime.ofNanoOfDay(buffer.getLong());
    }

    private static void putDateTime(ByteBuffer buffer, LocalDateTime value) {
        putDate(buffer, value.toLocalDate());
        putTime(buffer, value.toLocalTime());
    }

    private static LocalDateTime getDateTime(ByteBuffer buffer) {
        return LocalDateTime.of(getDate(buffer), getTime(buffer));
    }

    private static void putOffset(ByteBuffer buffer, OffsetDateTime value) {
        putDateTime(buffer, value.toLocalDateTime());
        buffer.putInt(value.getOffset().getTotalSeconds());
    }

    private static OffsetDateTime getOffset(ByteBuffer buffer) {
        return OffsetDateTime.of(getDateTime(buffer), ZoneOffset.ofTotalSeconds(buffer.getInt()));
    }
}
