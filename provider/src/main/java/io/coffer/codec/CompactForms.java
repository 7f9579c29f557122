package io.coffer.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The value types of the JDK that have a form of their own, and their tags. Tags and forms are on disk, and described in
 * docs/file-format.md: do not change.
 */
final class CompactForms {
    /** How a stream of Java serialization begins; no tag has this number. */
    static final int SERIALIZED = 0xAC;

    private static final Map<Class<?>, CompactForm<?>> BY_TYPE = new HashMap<>();
    private static final @Nullable CompactForm<?>[] BY_TAG = new CompactForm<?>[0x100];

    static {
        add(String.class, new TextForm(), TextForm.LATIN_1, TextForm.UTF_8, TextForm.UTF_16);
        add(Boolean.class, new BooleanForm(), BooleanForm.FALSE, BooleanForm.TRUE);
        add(BigInteger.class, new BigForm.Whole(), BigForm.Whole.TAG);
        add(BigDecimal.class, new BigForm.Decimal(), BigForm.Decimal.TAG);
        FixedForm.ALL.forEach(form -> add(form.type(), form, form.tag()));
        ArrayForm.ALL.forEach(form -> add(form.type(), form, form.tag()));
    }

    private CompactForms() {}

    private static void add(Class<?> type, CompactForm<?> form, int... tags) {
        BY_TYPE.put(type, form);
        for (int tag : tags) {
            BY_TAG[tag] = form;
        }
    }

    /** Tells whether a tag has a meaning. */
    static boolean knows(int tag) {
        return BY_TAG[tag] != null;
    }

    /** Tells whether objects of exactly that class have a form of their own. */
    static boolean contain(Class<?> type) {
        return BY_TYPE.containsKey(type);
    }

    /** Returns tag and content of an object, or null if its class has no form of its own. */
    @SuppressWarnings("unchecked") // each class is there with its form
    static byte @Nullable [] encode(Object value) {
        var form = (CompactForm<Object>) BY_TYPE.get(value.getClass());
        return form == null ? null : form.encode(value);
    }

    /**
     * Returns the object that has these bytes.
     *
     * @throws CacheException if there is none
     */
    static Object decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new CacheException("Stored bytes are empty, which the java codec never writes");
        }
        var form = BY_TAG[bytes[0] & 0xFF];
        if (form == null) {
            throw new CacheException("Stored bytes begin with tag " + (bytes[0] & 0xFF)
                    + ", which the java codec does not know: they are of another codec or a later version, or damaged");
        }
        return form.decode(bytes);
    }
}
