package io.coffer.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Vector;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one key, each replaced by the one form that all equal parts have: equal keys shall have equal bytes. For one key
 * and one thread.
 */
final class CanonicalObjects {
    /*
     * Three things make streams of equal objects differ.
     * Identity: an object that occurs twice is written once, two equal objects are written twice. So an object is replaced by the
     * first one with the same content.
     * Order: hash tables are written in the order of their table, and Set.of has another order in each JVM. So they are replaced
     * by linked ones, ordered by the elements' bytes.
     * Class: List.of, Arrays.asList and ArrayList are equal. So the lists, sets and maps of java.util are replaced by one
     * class each, which fits into every field that could hold the other.
     * What an object of the user writes beside what its equals compares is out of reach.
     */
    private final Map<Object, Object> firstByContent = new HashMap<>();
    private final IdentityHashMap<Object, byte[]> known = new IdentityHashMap<>();

    /** Returns what is to be written in place of an object with which a stream begins. */
    Object ofRoot(Object object) {
        return isAlone(object.getClass()) ? object : canonical(object);
    }

    /** Returns what is to be written in place of an object within another. */
    Object ofPart(Object object) {
        var type = object.getClass();
        if (isAlone(type)) {
            return object;
        }
        Object content = isValue(type) ? object : ByteBuffer.wrap(bytes(object));
        var first = firstByContent.get(content);
        if (first == null) {
            first = canonical(object);
            firstByContent.put(content, first);
        }
        return first;
    }

    /** Objects that have no equal but themselves. */
    private static boolean isAlone(Class<?> type) {
        return Enum.class.isAssignableFrom(type) || type == Class.class;
    }

    private static boolean isValue(Class<?> type) {
        return !type.isArray() && CompactForms.contain(type);
    }

    /** The content of an object, whatever it is part of. */
    private byte[] bytes(@Nullable Object object) {
        if (object == null) {
            return new byte[0];
        }
        var bytes = known.get(object);
        if (bytes == null) {
            bytes = CheckedObjectOutputStream.bytesOf(object, null, this);
            known.put(object, bytes);
        }
        return bytes;
    }

    private Object canonical(Object object) {
        if (ImmutableCollection.isSerialForm(object)) {
            return canonical(ImmutableCollection.of(object));
        }
        if (object instanceof List<?> list) {
            return isOfJavaUtil(list) && !(list instanceof LinkedList || list instanceof Vector)
                    ? new ArrayList<>(list)
                    : list;
        }
        if (object instanceof Set<?> set) {
            return set instanceof SortedSet ? set : ordered(set);
        }
        if (object instanceof Map<?, ?> map) {
            return map instanceof SortedMap || map instanceof EnumMap ? map : ordered(map);
        }
        return object;
    }

    private Set<Object> ordered(Set<?> set) {
        if (!isOfJavaUtil(set)) {
            throw unordered(set);
        }
        var ordered = new LinkedHashSet<>(capacity(set.size()));
        set.stream()
                .sorted(Comparator.comparing(this::bytes, Arrays::compareUnsigned))
                .forEach(ordered::add);
        return ordered;
    }

    private Map<Object, Object> ordered(Map<?, ?> map) {
        if (!isOfJavaUtil(map) || map instanceof Hashtable || map instanceof IdentityHashMap) {
            throw unordered(map);
        }
        var ordered = new LinkedHashMap<>(capacity(map.size()));
        map.entrySet().stream()
                .sorted(Comparator.comparing(entry -> bytes(entry.getKey()), Arrays::compareUnsigned))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    /** The stream tells the capacity; what a constructor without one takes is not the same in all JDKs. */
    private static int capacity(int size) {
        return (int) Math.min(1 << 30, 16 + 2L * size);
    }

    private static boolean isOfJavaUtil(Object collection) {
        return collection.getClass().getPackageName().equals("java.util");
    }

    private static CacheException unordered(Object collection) {
        return new CacheException(
                "A key that contains a " + collection.getClass().getName()
                        + " has no fixed bytes, since the order of its elements may change. Use a sorted collection, a HashSet or"
                        + " HashMap, or another keyCodec");
    }
}
