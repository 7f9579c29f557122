package io.coffer.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers of any size: two's complement, the highest byte first, in as few bytes as possible; before it, the scale. */
final class BigForm {
    private static final int DECIMAL_HEADER = 1 + Integer.BYTES;

    private BigForm() {}

    /** A tag and the number. */
    static final class Whole implements CompactForm<BigInteger> {
        static final int TAG = 0x11;

        @Override
        public byte[] encode(BigInteger value) {
            byte[] number = value.toByteArray();
            return ByteBuffer.allocate(1 + number.length)
                    .put((byte) TAG)
                    .put(number)
                    .array();
        }

        @Override
        public BigInteger decode(byte[] bytes) {
            return number(bytes, 1, "BigInteger");
        }
    }

    /** A tag, the scale, and the unscaled number. Numbers that differ in scale alone are not equal, and differ in bytes. */
    static final class Decimal implements CompactForm<BigDecimal> {
        static final int TAG = 0x12;

        @Override
        public byte[] encode(BigDecimal value) {
            byte[] number = value.unscaledValue().toByteArray();
            return ByteBuffer.allocate(DECIMAL_HEADER + number.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) TAG)
                    .putInt(value.scale())
                    .put(number)
                    .array();
        }

        @Override
        public BigDecimal decode(byte[] bytes) {
            var number = number(bytes, DECIMAL_HEADER, "BigDecimal");
            int scale = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
            return new BigDecimal(number, scale);
        }
    }

    private static BigInteger number(byte[] bytes, int from, String type) {
        if (bytes.length <= from || !isShortest(bytes, from)) {
            throw CompactForm.damaged(type, bytes);
        }
        try {
            return new BigInteger(Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (ArithmeticException e) {
            throw CompactForm.damaged(type, bytes); // more bits than a BigInteger can have
        }
    }

    /** A first byte that only repeats the sign of the next is one too many. */
    private static boolean isShortest(byte[] bytes, int from) {
        return bytes.length == from + 1 || bytes[from] != bytes[from + 1] >> 7;
    }
}
