package io.coffer.codec;

/** The classes that come with Java itself. */
final class JdkTypes {
    private JdkTypes() {}

    /** Tells whether a class is one of them. */
    static boolean contain(Class<?> type) {
        var loader = type.getClassLoader();
        return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
    }
}
