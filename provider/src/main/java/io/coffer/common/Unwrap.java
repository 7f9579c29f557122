package io.coffer.common;

import java.lang.reflect.Modifier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all {@code unwrap} methods of JCache have in common. */
public final class Unwrap {

    private Unwrap() {}

    /**
     * Returns an object as a type of its class.
     *
     * @param what names the object in the message
     * @throws IllegalArgumentException if it is none of that type
     */
    public static <T> T as(Class<T> type, Object object, String what) {
        if (type.isInstance(object)) {
            return type.cast(object);
        }
        throw new IllegalArgumentException(what + " cannot be unwrapped to " + type.getName() + ". Expected: "
                + publicTypesAbove(object.getClass()) + ", or what it extends");
    }

    /** Not the class itself, which is no promise. */
    private static String publicTypesAbove(Class<?> type) {
        return Stream.concat(Stream.of(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .filter(each -> Modifier.isPublic(each.getModifiers()) && each != Object.class)
                .map(Class::getName)
                .collect(Collectors.joining(" or "));
    }
}
