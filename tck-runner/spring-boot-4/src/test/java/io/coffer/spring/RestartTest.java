package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.net.URL;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.boot.logging.LoggingSystem;

/** Spring Boot's devtools start the application again in a new class loader, after they have closed the old one. */
class RestartTest {
    private static final String JSON = "{ \"caches\": { \"books\": { \"expiry\": { \"created\": \"10m\" } } } }";

    private static final String JSON_ON_DISK = "{ \"directory\": \"%s\", \"caches\": { \"books\":"
            + " { \"store\": \"log\", \"allow\": [\"io.coffer.spring.Book\"] } } }";

    /** How long a class loader may stay: threads that have been told to end may need some time to do so. */
    private static final long COLLECTED_NANOS_MAX = TimeUnit.SECONDS.toNanos(120);

    /** No array has more. */
    private static final int DIMENSIONS_MAX = 255;

    @TempDir
    private Path folder;

    /** Spring Boot holds the first class loader that it meets, and the last for which it has set up logging. */
    @BeforeAll
    static void letSpringBootHoldNothing(@TempDir Path folder) throws Exception {
        try (var classPath = new ClassPath(folder)) {
            classPath.start();
        }
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    }

    @AfterAll
    static void setUpLoggingAgain() {
        System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
    }

    @Test
    void restart_newClassLoader_decodesItsClassesAndLeavesNothingOfTheOld() throws Exception {
        ClassPath.withCofferJson(folder, JSON).close();

        var first = runAndClose(1);
        var second = runAndClose(1);

        assertCollected(first);
        assertCollected(second);
    }

    /** The second application reads the class of the first, as a class of its own. */
    @Test
    void restart_cachesOnDisk_areReadByTheNewClassLoaderAndLeaveNothingOfTheOld() throws Exception {
        var stores = folder.resolve("stores").toString().replace('\\', '/');
        ClassPath.withCofferJson(folder, JSON_ON_DISK.formatted(stores)).close();

        var first = runAndClose(1);
        var second = runAndClose(0);

        assertCollected(first);
        assertCollected(second);
    }

    /** Caches a book, gets it back as one of the class loader's own classes, and closes the application. */
    private WeakReference<ClassLoader> runAndClose(int searches) throws Exception {
        var thread = Thread.currentThread();
        var outer = thread.getContextClassLoader();
        var classes = Application.class.getProtectionDomain().getCodeSource().getLocation();
        var loader = new RestartClassLoader(outer, new URL[] {classes, ClassPath.urlOf(folder)});
        thread.setContextClassLoader(loader);
        try (var classPath = new ClassPath(folder, loader)) {
            var context = classPath.start(loader.loadClass(Application.class.getName()), ClassPath.COFFER_JSON);
            assertThat(context.getBean(CacheManager.class).getClassLoader()).isSameAs(loader);

            var library = context.getBean(Library.class.getName());
            var find = library.getClass().getMethod("find", String.class);
            find.invoke(library, "isbn");
            var decoded = find.invoke(library, "isbn");

            assertThat(decoded.getClass().getClassLoader()).isSameAs(loader);
            assertThat(library.getClass().getMethod("searches").invoke(library)).isEqualTo(searches);
        } finally {
            thread.setContextClassLoader(outer);
        }
        return new WeakReference<>(loader);
    }

    /** The JDK's serialization lets go of a class when it meets the next one it does not know: int[], int[][] and so on. */
    private static void assertCollected(WeakReference<ClassLoader> loader) throws IOException {
        long startNanos = System.nanoTime();
        int dimensions = 0;
        while (!loader.refersTo(null) && System.nanoTime() - startNanos < COLLECTED_NANOS_MAX) {
            System.gc();
            dimensions = dimensions % DIMENSIONS_MAX + 1;
            try (var out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                out.writeObject(Array.newInstance(int.class, new int[dimensions]));
            }
        }
        assertThat(loader.refersTo(null)).as("class loader is gone").isTrue();
    }
}
