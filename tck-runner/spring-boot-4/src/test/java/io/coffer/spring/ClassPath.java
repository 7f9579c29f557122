package io.coffer.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * A class path with a folder more than that of the tests, and the applications started on it. A CacheManager belongs to a URI and
 * a class loader, so no two class paths share one. For one thread.
 */
final class ClassPath implements AutoCloseable {
    static final String COFFER_JSON = "--spring.cache.jcache.config=classpath:coffer.json";

    private final Path folder;
    private final URLClassLoader loader;
    private final Deque<ConfigurableApplicationContext> started = new ArrayDeque<>();

    /** Adds a folder to the class path of the tests. */
    ClassPath(Path folder) {
        this(folder, new URLClassLoader(new URL[] {urlOf(folder)}, ClassPath.class.getClassLoader()));
    }

    /** Takes a class loader for what is in a folder. */
    ClassPath(Path folder, URLClassLoader loader) {
        this.folder = folder;
        this.loader = loader;
    }

    /** Adds a folder that holds a {@code coffer.json}. */
    static ClassPath withCofferJson(Path folder, String text) {
        return new ClassPath(folder).write("coffer.json", text);
    }

    ClassPath write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClassLoader loader() {
        return loader;
    }

    /** Starts {@link Application} with command line arguments. */
    ConfigurableApplicationContext start(String... arguments) {
        return start(Application.class, arguments);
    }

    ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        var context = new SpringApplicationBuilder(application)
                .resourceLoader(new DefaultResourceLoader(loader))
                .registerShutdownHook(false) // its thread would hold the class loader of the first application
                .run(arguments);
        started.push(context);
        return context;
    }

    /** Closes all applications, the last one first. */
    @Override
    public void close() throws IOException {
        started.forEach(ConfigurableApplicationContext::close);
        loader.close();
    }

    static URL urlOf(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
