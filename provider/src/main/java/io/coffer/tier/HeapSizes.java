package io.coffer.tier;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.regex.Pattern;

/** Estimates of the heap that objects without encoded bytes take, for {@code maxBytes}: 64-bit JVM, compressed references. */
final class HeapSizes {
    private static final int HEADER = 16;
    private static final int STRING = 24 + HEADER;
    private static final int SMALL_OBJECT = 48;
    private static final char LATIN1_MAX = 255;

    private HeapSizes() {}

    /** Returns an estimate in bytes for an array, a String, a number, an enum or another small immutable object. */
    static long of(Object object) {
        if (object instanceof String string) {
            return ofString(string);
        }
        if (object instanceof String[] strings) {
            long sum = HEADER + 4L * strings.length;
            for (var string : strings) {
                sum += string == null ? 0 : ofString(string);
            }
            return sum;
        }
        if (object.getClass().isArray()) {
            return HEADER
                    + (long) Array.getLength(object) * widthOf(object.getClass().getComponentType());
        }
        if (object instanceof BigInteger integer) {
            return SMALL_OBJECT + integer.bitLength() / 8L;
        }
        if (object instanceof BigDecimal decimal) {
            return SMALL_OBJECT + decimal.unscaledValue().bitLength() / 8L;
        }
        if (object instanceof URI || object instanceof Pattern) {
            return SMALL_OBJECT + ofString(object.toString());
        }
        return object instanceof Enum ? 0 : SMALL_OBJECT;
    }

    /** Latin-1 strings take a byte a character, others two (JEP 254). */
    private static long ofString(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (string.charAt(i) > LATIN1_MAX) {
                return STRING + 2L * string.length();
            }
        }
        return STRING + (long) string.length();
    }

    private static int widthOf(Class<?> primitive) {
        if (primitive == long.class || primitive == double.class) {
            return 8;
        }
        if (primitive == int.class || primitive == float.class) {
            return 4;
        }
        return primitive == short.class || primitive == char.class ? 2 : 1;
    }
}
