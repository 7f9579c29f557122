package io.coffer.testing;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays the class loader of an application: defines the classes that a test names, and their nested ones, anew, and asks its
 * parent for all others.
 */
public final class ChildLoader extends URLClassLoader {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> own;

    public ChildLoader(Class<?>... own) {
        super(
                Stream.of(own).map(ChildLoader::origin).distinct().toArray(URL[]::new),
                ChildLoader.class.getClassLoader());
        this.own = Stream.of(own).map(Class::getName).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the folder or jar that a class comes from. */
    public static URL origin(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Defines a class, if it has not yet, and makes an instance by its public constructor without parameters. */
    public Object instance(Class<?> original) {
        try {
            return loadClass(original.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No instance of " + original, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isOwn(name)) {
            return super.loadClass(name, resolve);
        }
        lock.lock();
        try {
            var known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOwn(String name) {
        int nested = name.indexOf('$');
        return own.contains(name) || (nested > 0 && own.contains(name.substring(0, nested)));
    }
}
