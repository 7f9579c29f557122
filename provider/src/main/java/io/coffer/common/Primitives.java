package io.coffer.common;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of values that no class loader finds by name. Void is none: there are no values and no arrays of it. */
public final class Primitives {
    private static final Map<String, Class<?>> BY_NAME = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class);

    private Primitives() {}

    /** Returns the class of that name, as in {@code int}, or null. */
    public static @Nullable Class<?> named(String name) {
        return BY_NAME.get(name);
    }
}
