package io.coffer.codec;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.CacheException;

/**
 * The classes that may be written to a file that is not authenticated, and read from it again: those that are harmless by
 * themselves, the declared types, and what the user names.
 *
 * <p>Asked when something is written, so that nothing reaches the disk that could not be read back, and again when it is read,
 * since files can be changed. Safe for use by several threads.
 */
final class AllowList {
    private final List<String> named;
    private final List<ClassPattern> patterns;
    private final Set<String> declared = new HashSet<>();

    /* Keeps the answer in the class itself, as a JDK object: nothing of ours is then held by a class that outlives us. */
    private final ClassValue<Boolean> known = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return decide(type);
        }
    };

    /**
     * Makes the list.
     *
     * @param allow patterns of the user
     * @param types the declared types of keys or values; {@code Object} declares nothing
     * @throws IllegalArgumentException if a pattern is none
     */
    AllowList(List<String> allow, Class<?>... types) {
        named = List.copyOf(allow);
        patterns = new ArrayList<>(HarmlessTypes.PATTERNS);
        named.forEach(text -> patterns.add(new ClassPattern(text)));
        for (var type : types) {
            declare(type);
        }
    }

    /** Tells whether a class, an array's element, or all interfaces of a proxy are on the list. */
    boolean allows(Class<?> type) {
        return known.get(type);
    }

    /** A declared type brings its superclasses, which are part of its serial form, and the closed set of a sealed type. */
    private void declare(Class<?> type) {
        var element = elementOf(type);
        if (element.isSealed()) {
            Arrays.stream(element.getPermittedSubclasses()).forEach(this::declare);
        }
        for (var each = element; each != null && declared.add(each.getName()); ) {
            each = each.getSuperclass();
        }
    }

    private boolean decide(Class<?> type) {
        var element = elementOf(type);
        if (Proxy.isProxyClass(element)) {
            return Arrays.stream(element.getInterfaces()).allMatch(this::allows);
        }
        return element.isPrimitive()
                || (element != SerializedLambda.class && isNamed(element.getName()) && !isRejectedByTheJvm(element));
    }

    private boolean isNamed(String name) {
        return declared.contains(name) || patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /** Returns the exception for a class that is not allowed; it names the line to add. */
    CacheException refusal(Class<?> refused) {
        var type = elementOf(refused);
        if (type == SerializedLambda.class) {
            return new CacheException(
                    "A lambda cannot be read back from a file that is not authenticated, whatever is allowed."
                            + " Make it an instance of a class, and allow that");
        }
        if (Proxy.isProxyClass(type)) {
            return refusal(Arrays.stream(type.getInterfaces())
                    .filter(each -> !allows(each))
                    .findFirst()
                    .orElseThrow());
        }
        if (isNamed(type.getName())) {
            return new CacheException("Objects of " + type.getName()
                    + " cannot be read back: the filter of this JVM (jdk.serialFilter) rejects the class");
        }
        return new CacheException(
                "Objects of " + type.getName() + " cannot be read back from a file that is not authenticated:"
                        + " the class is not allowed. If it is to be trusted, set \"allow\": [" + proposal(type)
                        + "] (setAllow)");
    }

    /** The setting as it is, with the package of the class, or the class alone where the package is not the user's. */
    private String proposal(Class<?> type) {
        var addition = type.getPackageName();
        var proposed = new ArrayList<>(named);
        proposed.add(JdkTypes.contain(type) || addition.isEmpty() ? type.getName() : addition + ".**");
        return proposed.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }

    private static Class<?> elementOf(Class<?> type) {
        var element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    private static boolean isRejectedByTheJvm(Class<?> type) {
        var filter = ObjectInputFilter.Config.getSerialFilter();
        return filter != null && filter.checkInput(new JustAClass(type)) == Status.REJECTED;
    }

    /** What the filter of the JVM is asked about: a class at the very beginning of a stream. */
    private record JustAClass(Class<?> serialClass) implements ObjectInputFilter.FilterInfo {
        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }
}
