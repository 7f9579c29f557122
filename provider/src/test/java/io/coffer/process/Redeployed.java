package io.coffer.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskFiles;
import io.coffer.testing.ChildLoader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.cache.CacheException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/** An application with its own copy of all our classes: opens a store, uses it, closes it, and is loaded again. */
public final class Redeployed implements UnaryOperator<String> {
    private static final int ENTRIES = 50;

    /** Needs a constructor, since only the JDK's classes are the same on both sides. */
    public Redeployed() {}

    /** Returns a loader that shares nothing but the JDK with ours. */
    static URLClassLoader loader() {
        var places = Stream.of(
                        DiskFiles.class,
                        Redeployed.class,
                        CacheException.class,
                        ObjectMapper.class,
                        JsonParser.class,
                        JsonProperty.class)
                .map(ChildLoader::origin)
                .distinct()
                .toArray(URL[]::new);
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }

    /** Lets the application of a loader open a store. */
    @SuppressWarnings("unchecked") // this class, of another loader
    static String deploy(ClassLoader loader, Path folder) {
        try {
            var application = (UnaryOperator<String>) loader.loadClass(Redeployed.class.getName())
                    .getConstructor()
                    .newInstance();
            return application.apply(folder.toString());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No instance", e);
        }
    }

    /** Takes a folder; says how the opening went, after it has seen the entries of the one before and written its own. */
    @Override
    public String apply(String folder) {
        try (var store =
                Stores.open(Stores.LOG, Stores.options(Path.of(folder), Durability.INTERVAL, "an application"))) {
            int before = 0;
            for (int i = 0; i < ENTRIES; i++) {
                var key = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
                before += store.read(key) == null ? 0 : 1;
                store.write(key, EntryStore.ANY, new byte[100], EntryStore.ETERNAL);
            }
            return before == 0 || before == ENTRIES ? "opened" : "found only " + before + " entries";
        } catch (StoreException e) {
            return e.kind() + ": " + e.getMessage();
        }
    }
}
