package io.coffer.jcache;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the context class loader of the calling thread finds at the time of the call, then what Coffer's own does.
 *
 * <p>The default class loader of the provider: one object, as the identity of a manager asks for, that holds nobody's loader.
 */
final class ContextClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    ContextClassLoader() {
        super(ContextClassLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        var context = context();
        if (context != null) {
            try {
                return context.loadClass(name);
            } catch (ClassNotFoundException e) {
                return loadOwn(name, resolve, e);
            }
        }
        return super.loadClass(name, resolve);
    }

    private Class<?> loadOwn(String name, boolean resolve, ClassNotFoundException first) throws ClassNotFoundException {
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            e.addSuppressed(first);
            throw e;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        var context = context();
        var found = context == null ? null : context.getResource(name);
        return found == null ? super.getResource(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var context = context();
        return context == null ? super.getResources(name) : context.getResources(name);
    }

    private @Nullable ClassLoader context() {
        var context = Thread.currentThread().getContextClassLoader();
        for (var ancestor = context; ancestor != null; ancestor = ancestor.getParent()) {
            if (ancestor == this) {
                return null; // it would ask us again
            }
        }
        return context;
    }

    @Override
    public String toString() {
        return "the context class loader of the calling thread";
    }
}
