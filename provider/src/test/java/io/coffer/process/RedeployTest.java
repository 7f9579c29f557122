package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.store.OpenHandles;
import io.coffer.testing.Threads;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An application server that loads an application again and again: nothing of the earlier ones stays. */
class RedeployTest {
    private static final int TIMES = 100;

    /** JDK 17 remembers the class of the last record that was compared. */
    private static final int HELD_BY_THE_JDK_MAX = 1;

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void open_byAHundredClassLoaders_leavesNoFileThreadOrClass() throws IOException {
        try (var loader = Redeployed.loader()) {
            assertThat(Redeployed.deploy(loader, store())).isEqualTo("opened");
        }
        var handles = OpenHandles.below(Path.of("/"));
        var threads = threads();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

        for (int i = 0; i < TIMES; i++) {
            try (var loader = Redeployed.loader()) {
                assertThat(Redeployed.deploy(loader, store())).isEqualTo("opened");
                loaders.add(new WeakReference<>(loader));
            }
        }

        Threads.await("the end of all threads of the store", () -> threads.containsAll(threads()));
        assertThat(OpenHandles.below(folder)).isEmpty();
        assertThat(OpenHandles.below(Path.of("/"))).hasSizeLessThanOrEqualTo(handles.size() + 3); // the JVM has its own
        Threads.await("the class loaders to be collected", () -> {
            System.gc();
            return loaders.stream().filter(loader -> !loader.refersTo(null)).count() <= HELD_BY_THE_JDK_MAX;
        });
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    private Path store() {
        return folder.resolve("store");
    }
}
