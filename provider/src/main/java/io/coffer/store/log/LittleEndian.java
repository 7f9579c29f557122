package io.coffer.store.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of two to eight bytes, lowest byte first, whatever order a buffer is set to. Nothing here moves a buffer's position. */
final class LittleEndian {
    private static final VarHandle LONGS_OF_ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS_OF_ARRAY =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    private static boolean isReversed(ByteBuffer bytes) {
        return bytes.order() == ByteOrder.BIG_ENDIAN;
    }

    static long getLong(byte[] bytes, int index) {
        return (long) LONGS_OF_ARRAY.get(bytes, index);
    }

    static long getLong(ByteBuffer bytes, int index) {
        long value = bytes.getLong(index);
        return isReversed(bytes) ? Long.reverseBytes(value) : value;
    }

    static int getInt(ByteBuffer bytes, int index) {
        int value = bytes.getInt(index);
        return isReversed(bytes) ? Integer.reverseBytes(value) : value;
    }

    static long getUnsignedInt(ByteBuffer bytes, int index) {
        return getInt(bytes, index) & 0xFFFF_FFFFL;
    }

    static int getUnsignedShort(ByteBuffer bytes, int index) {
        short value = bytes.getShort(index);
        return (isReversed(bytes) ? Short.reverseBytes(value) : value) & 0xFFFF;
    }

    static long getUnsigned48(ByteBuffer bytes, int index) {
        return getUnsignedInt(bytes, index) | ((long) getUnsignedShort(bytes, index + 4) << 32);
    }

    static void putLong(byte[] bytes, int index, long value) {
        LONGS_OF_ARRAY.set(bytes, index, value);
    }

    static void putInt(byte[] bytes, int index, int value) {
        INTS_OF_ARRAY.set(bytes, index, value);
    }

    static void putLong(ByteBuffer bytes, int index, long value) {
        bytes.putLong(index, isReversed(bytes) ? Long.reverseBytes(value) : value);
    }

    static void putInt(ByteBuffer bytes, int index, int value) {
        bytes.putInt(index, isReversed(bytes) ? Integer.reverseBytes(value) : value);
    }

    static void putShort(ByteBuffer bytes, int index, int value) {
        short low = (short) value;
        bytes.putShort(index, isReversed(bytes) ? Short.reverseBytes(low) : low);
    }

    static void put48(ByteBuffer bytes, int index, long value) {
        putInt(bytes, index, (int) value);
        putShort(bytes, index + 4, (int) (value >>> 32));
    }
}
