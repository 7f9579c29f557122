package io.coffer.codec;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Arrays of primitives: the elements, little-endian; their number follows from the length of the bytes.
 *
 * @param width bytes of an element
 * @param writer writes all elements
 * @param reader fills an array
 * @param valid tells of the content whether it is that of an array
 */
record ArrayForm<T>(
        int tag,
        Class<T> type,
        int width,
        BiConsumer<ByteBuffer, T> writer,
        BiConsumer<ByteBuffer, T> reader,
        Predicate<byte[]> valid)
        implements CompactForm<T> {

    static final List<ArrayForm<?>> ALL = List.of(
            new ArrayForm<>(0x20, boolean[].class, 1, ArrayForm::put, ArrayForm::get, ArrayForm::areBooleans),
            new ArrayForm<>(
                    0x21,
                    char[].class,
                    2,
                    (b, a) -> b.asCharBuffer().put(a),
                    (b, a) -> b.asCharBuffer().get(a)),
            new ArrayForm<>(0x22, byte[].class, 1, ByteBuffer::put, ByteBuffer::get),
            new ArrayForm<>(
                    0x23,
                    short[].class,
                    2,
                    (b, a) -> b.asShortBuffer().put(a),
                    (b, a) -> b.asShortBuffer().get(a)),
            new ArrayForm<>(
                    0x24,
                    int[].class,
                    4,
                    (b, a) -> b.asIntBuffer().put(a),
                    (b, a) -> b.asIntBuffer().get(a)),
            new ArrayForm<>(
                    0x25,
                    long[].class,
                    8,
                    (b, a) -> b.asLongBuffer().put(a),
                    (b, a) -> b.asLongBuffer().get(a)),
            new ArrayForm<>(
                    0x26,
                    float[].class,
                    4,
                    (b, a) -> b.asFloatBuffer().put(a),
                    (b, a) -> b.asFloatBuffer().get(a)),
            new ArrayForm<>(
                    0x27,
                    double[].class,
                    8,
                    (b, a) -> b.asDoubleBuffer().put(a),
                    (b, a) -> b.asDoubleBuffer().get(a)));

    private ArrayForm(
            int tag, Class<T> type, int width, BiConsumer<ByteBuffer, T> writer, BiConsumer<ByteBuffer, T> reader) {
        this(tag, type, width, writer, reader, bytes -> true);
    }

    @Override
    public byte[] encode(T array) {
        byte[] bytes = new byte[Math.addExact(1, Math.multiplyExact(width, Array.getLength(array)))];
        bytes[0] = (byte) tag;
        writer.accept(content(bytes), array);
        return bytes;
    }

    @Override
    public T decode(byte[] bytes) {
        if ((bytes.length - 1) % width != 0 || !valid.test(bytes)) {
            throw CompactForm.damaged(type.getSimpleName(), bytes);
        }
        var array = type.cast(Array.newInstance(type.getComponentType(), (bytes.length - 1) / width));
        reader.accept(content(bytes), array);
        return array;
    }

    private static ByteBuffer content(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(ByteBuffer buffer, boolean[] array) {
        for (boolean element : array) {
            buffer.put((byte) (element ? 1 : 0));
        }
    }

    private static void get(ByteBuffer buffer, boolean[] array) {
        for (int i = 0; i < array.length; i++) {
            array[i] = buffer.get() != 0;
        }
    }

    private static boolean areBooleans(byte[] bytes) {
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] != 0 && bytes[i] != 1) {
                return false;
            }
        }
        return true;
    }
}
