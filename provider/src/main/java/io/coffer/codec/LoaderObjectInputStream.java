package io.coffer.codec;

import io.coffer.common.Primitives;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;

/** Reads objects whose classes a given class loader finds, instead of the one that happens to be on the stack. */
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

    LoaderObjectInputStream(InputStream in, ClassLoader loader) throws IOException {
        super(in);
        this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        return find(description.getName());
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
