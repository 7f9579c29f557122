package io.coffer.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code List.of}, {@code Set.of} and {@code Map.of} become on their way into a stream: an object that does not tell which
 * of them it is, nor what is in it.
 */
final class ImmutableCollection {
    private static final String SERIAL_FORM = "java.util.CollSer";

    private ImmutableCollection() {}

    /** Tells whether an object is such a form. */
    static boolean isSerialForm(Object object) {
        return object.getClass().getName().equals(SERIAL_FORM);
    }

    /**
     * Returns a list, set or map of the same elements. The form is written and read with numbers in their place, so that no class
     * but the JDK's own is read.
     */
    static Object of(Object serialForm) {
        try {
            var bytes = new ByteArrayOutputStream();
            var numbering = new Numbering(bytes);
            numbering.writeObject(serialForm);
            numbering.flush();
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return withElements(in.readObject(), numbering.elements);
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new CacheException("An immutable collection of java.util cannot be looked into", e);
        }
    }

    private static Object withElements(Object numbers, List<Object> elements) {
        if (numbers instanceof Map<?, ?> map) {
            var result = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            map.forEach((key, value) -> result.put(element(key, elements), element(value, elements)));
            return result;
        }
        if (numbers instanceof Set<?> set) {
            var result = new LinkedHashSet<@Nullable Object>();
            set.forEach(number -> result.add(element(number, elements)));
            return result;
        }
        var result = new ArrayList<@Nullable Object>();
        ((List<?>) numbers).forEach(number -> result.add(element(number, elements)));
        return result;
    }

    /** Null is written as null, without a number. */
    private static @Nullable Object element(@Nullable Object number, List<Object> elements) {
        return number == null ? null : elements.get(Integer.parseInt((String) number));
    }

    /** Writes the form itself, and a number for everything in it. */
    private static final class Numbering extends ObjectOutputStream {
        private final List<Object> elements = new ArrayList<>();
        private boolean isWithin; // the form itself comes first; what follows is in it

        Numbering(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (!isWithin) {
                isWithin = true;
                return object;
            }
            elements.add(object);
            return Integer.toString(elements.size() - 1); // a new object: an Integer might be one of the elements, too
        }
    }
}
