package io.coffer.config;

import io.coffer.common.Primitives;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Map;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What the values of settings are read with.
 *
 * @param variables puts the environment into texts
 * @param loader finds the classes that are named
 * @param problems gets what is wrong
 * @param isTrial whether this only looks for mistakes: what the caller of createCache may still add is not missed
 */
record Reading(Variables variables, @Nullable ClassLoader loader, Problems problems, boolean isTrial) {
    private static final int DIMENSIONS_MAX = 255; // of an array, says the class file format

    /** Reads a value; null if it is not written as it should be, which is a problem. */
    <T> @Nullable T read(Node node, Form<T> form) {
        try {
            return form.read(node, this);
        } catch (UnfitException e) {
            problems.add(node, e.problem());
            return null;
        }
    }

    /** Reads a member of an object; null if there is none, or if it is not written as it should be. */
    <T> @Nullable T read(Map<String, Node> members, String name, Form<T> form) {
        var member = members.get(name);
        return member == null ? null : read(member, form);
    }

    /** Returns the text of a node with all variables in it; of a number or boolean, as JSON writes it. Null for all else. */
    @Nullable
    String scalar(Node node) {
        var text = node.text();
        if (text != null) {
            return variables.in(text);
        }
        return node.value() instanceof Number || node.value() instanceof Boolean ? String.valueOf(node.value()) : null;
    }

    /** Finds a class by its full name; of an array, as in {@code byte[]}. */
    Class<?> classOf(Node node) {
        var name = node.text() == null ? null : scalar(node);
        if (name == null) {
            throw new UnfitException("found " + node.found() + "; expected the full name of a class");
        }
        try {
            return named(name);
        } catch (ClassNotFoundException | LinkageError e) {
            // The reason repeats the name, which must not be shown when a variable has given it.
            var reason = e instanceof LinkageError && name.equals(node.text()) ? " (" + e + ")" : "";
            throw new UnfitException("there is no class " + node.found() + " that could be loaded" + reason
                    + "; expected its full name" + (isInJavaLang(name) ? ", \"java.lang." + name + "\"" : ""));
        }
    }

    /** Asks the loader each time, unlike {@code Class.forName}, which would record its first answer for ever. */
    private Class<?> named(String name) throws ClassNotFoundException {
        int dimensions = 0;
        int end = name.length();
        while (name.startsWith("[]", end - 2)) {
            dimensions++;
            end -= 2;
        }
        if (dimensions > DIMENSIONS_MAX) {
            throw new ClassNotFoundException(name);
        }
        Class<?> type = dimensions == 0 ? null : Primitives.named(name.substring(0, end));
        type = type == null ? loaded(name.substring(0, end)) : type;
        for (; dimensions > 0; dimensions--) {
            type = type.arrayType();
        }
        return type;
    }

    private Class<?> loaded(String name) throws ClassNotFoundException {
        return loader == null ? Class.forName(name) : loader.loadClass(name);
    }

    private static boolean isInJavaLang(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Makes an object of a class that implements a role. */
    // T is the role, with the type parameters of the cache, which a file cannot name.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T instanceOf(Node node, Class<?> role) {
        return (T) instance(node, classThatIs(node, role, role.getSimpleName()));
    }

    /** Returns a factory for a role: one that makes objects of the named class, or of the named class if it is a factory. */
    @SuppressWarnings("unchecked") // what a factory makes shows when it makes it
    <T> Factory<T> factoryOf(Node node, Class<?> role) {
        var type = classOf(node);
        if (Factory.class.isAssignableFrom(type)) {
            return (Factory<T>) instance(node, type);
        }
        constructorOf(
                node, classThatIs(node, role, role.getSimpleName() + " or a javax.cache.configuration.Factory of it"));
        return FactoryBuilder.factoryOf(type.getName());
    }

    private Class<?> classThatIs(Node node, Class<?> role, String expected) {
        var type = classOf(node);
        if (!role.isAssignableFrom(type)) {
            throw new UnfitException("class " + node.found() + " is no " + expected);
        }
        return type;
    }

    private static Constructor<?> constructorOf(Node node, Class<?> type) {
        int modifiers = type.getModifiers();
        if (Modifier.isAbstract(modifiers) || !Modifier.isPublic(modifiers)) {
            throw new UnfitException(
                    "class " + node.found() + " is " + (Modifier.isAbstract(modifiers) ? "abstract" : "not public")
                            + "; expected one that can be made an object of");
        }
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new UnfitException("class " + node.found() + " has no public constructor without parameters");
        } catch (LinkageError e) {
            throw new UnfitException("class " + node.found() + " needs a class that is not there: " + e);
        }
    }

    private static Object instance(Node node, Class<?> type) {
        try {
            return constructorOf(node, type).newInstance();
        } catch (InvocationTargetException e) {
            throw new UnfitException("the constructor of class " + node.found() + " failed: " + e.getCause());
        } catch (InstantiationException | IllegalAccessException | LinkageError e) {
            throw new UnfitException("class " + node.found() + " cannot be made an object of: "
                    + (e.getCause() == null ? e : e.getCause()));
        }
    }
}
