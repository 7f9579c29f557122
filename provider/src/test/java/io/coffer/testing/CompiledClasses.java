package io.coffer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes of packages that are not ours, made for a test from their source. */
public final class CompiledClasses implements AutoCloseable {
    private final URLClassLoader loader;

    /** A source text that is no file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("source:/" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /**
     * Compiles types.
     *
     * @param folder takes the class files
     * @param types by their full names and what follows it: {@code "class com.acme.A extends com.acme.B"}
     */
    public CompiledClasses(Path folder, String... types) {
        var sources = new ArrayList<JavaFileObject>();
        for (var type : types) {
            var words = type.split(" ", 3);
            int dot = words[1].lastIndexOf('.');
            var text = "package " + words[1].substring(0, dot) + "; public " + words[0] + " "
                    + words[1].substring(dot + 1) + " " + words[2];
            sources.add(new Source(words[1], text));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        var options =
                List.of("-cp", Path.of(uriOf(CacheManager.class)).toString(), "-d", folder.toString(), "-proc:none");
        assertThat(compiler.getTask(said, null, null, options, null, sources).call())
                .as(said.toString())
                .isTrue();
        try {
            loader = new URLClassLoader(
                    new URL[] {Files.createDirectories(folder).toUri().toURL()},
                    CompiledClasses.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uriOf(Class<?> type) {
        return URI.create(ChildLoader.origin(type).toString());
    }

    /** Makes an object of one of the classes. */
    public Object instance(String name) {
        try {
            return loader.loadClass(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No instance of " + name, e);
        }
    }

    /** Returns the class loader of the classes. */
    public ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
