package io.coffer.codec;

import io.coffer.common.Primitives;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads objects whose classes a given class loader finds, instead of the one that happens to be on the stack, if they have the same
 * fields as when they were written.
 */
final class LoaderObjectInputStream extends ObjectInputStream {
    private static final Map<Character, Class<?>> PRIMITIVE_CODES = Map.of(
            'Z', boolean.class,
            'B', byte.class,
            'C', char.class,
            'S', short.class,
            'I', int.class,
            'J', long.class,
            'F', float.class,
            'D', double.class);

    private final ClassLoader loader;
    private final Set<Class<?>> described = new HashSet<>();

    LoaderObjectInputStream(InputStream in, ClassLoader loader) throws IOException {
        super(in);
        this.loader = loader;
    }

    /**
     * Reads the object of the stream.
     *
     * @throws InvalidClassException if a class has other fields than when the object was written, also where its
     *     serialVersionUID promises that it can still be read: what is missing would be null or zero
     */
    Object readUnchanged() throws IOException, ClassNotFoundException {
        var object = readObject();
        for (var type : described) {
            checkSuperclasses(type);
        }
        return object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
            throws ClassNotFoundException, InvalidClassException {
        var type = find(description.getName());
        if (!JdkTypes.contain(type)) { // which go on to read what earlier ones have written
            if (!haveSameFields(description, ObjectStreamClass.lookupAny(type))) {
                throw changed(type);
            }
            described.add(type);
        }
        return type;
    }

    /** Descriptions have their fields in an order of their own, not in that of the source. */
    private static boolean haveSameFields(ObjectStreamClass written, ObjectStreamClass now) {
        return Arrays.equals(
                written.getFields(),
                now.getFields(),
                Comparator.comparing(ObjectStreamField::getName).thenComparing(LoaderObjectInputStream::type));
    }

    private static String type(ObjectStreamField field) {
        return field.isPrimitive() ? String.valueOf(field.getTypeCode()) : field.getTypeString();
    }

    /** A stream describes a class and all its serializable superclasses; one that is not there has become that since. */
    private void checkSuperclasses(Class<?> type) throws InvalidClassException {
        var parent = type.getSuperclass();
        if (parent == null || JdkTypes.contain(parent) || described.contains(parent)) {
            return;
        }
        if (Serializable.class.isAssignableFrom(parent)) {
            throw changed(parent);
        }
    }

    private static InvalidClassException changed(Class<?> type) {
        return new InvalidClassException(type.getName(), "has other fields than when the object was written");
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
        var found = new Class<?>[interfaces.length];
        for (int i = 0; i < interfaces.length; i++) {
            found[i] = find(interfaces[i]);
        }
        try {
            return proxyClass(definingLoader(found), found);
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("No proxy class of the interfaces " + String.join(", ", interfaces), e);
        }
    }

    /** A proxy of an interface that is not public must live beside it; any other, where its first interface lives. */
    private ClassLoader definingLoader(Class<?>[] interfaces) {
        var home = Arrays.stream(interfaces)
                .filter(type -> !Modifier.isPublic(type.getModifiers()))
                .findFirst()
                .orElse(interfaces[0]);
        var found = home.getClassLoader();
        boolean seesAll = found != null
                && Arrays.stream(interfaces).allMatch(type -> type.getClassLoader() == null || sees(found, type));
        return found != null && (seesAll || !Modifier.isPublic(home.getModifiers())) ? found : loader;
    }

    private static boolean sees(ClassLoader loader, Class<?> type) {
        try {
            return loader.loadClass(type.getName()).equals(type);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @SuppressWarnings("deprecation") // Proxy.getProxyClass is what makes a class without an instance
    private static Class<?> proxyClass(ClassLoader definingLoader, Class<?>[] interfaces) {
        return Proxy.getProxyClass(definingLoader, interfaces);
    }

    /**
     * Asks the loader itself: {@code Class.forName} would record it as an initiating loader, and so hold the first class it
     * has found for ever, which is wrong for a loader that delegates to the caller's context.
     */
    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.startsWith("[")) {
            return findComponent(name.substring(1)).arrayType();
        }
        var primitive = name.equals("void") ? void.class : Primitives.named(name); // a class may be a value itself
        return primitive == null ? loader.loadClass(name) : primitive;
    }

    private Class<?> findComponent(String descriptor) throws ClassNotFoundException {
        if (descriptor.startsWith("L")) {
            return loader.loadClass(descriptor.substring(1, descriptor.length() - 1));
        }
        var primitive = PRIMITIVE_CODES.get(descriptor.charAt(0));
        return primitive == null ? find(descriptor) : primitive;
    }
}
