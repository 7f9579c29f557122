package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CofferCachingProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The product has no monitors: up to JDK 23, a virtual thread that waits while it holds one keeps its carrier.
 *
 * <p>What is left are those of {@code ConcurrentHashMap}, which holds the monitor of a bin, among others, while an entry is
 * added or removed. If another key is in that bin, the {@code equals} of the user's key class runs there (and its {@code
 * compareTo}, if the bin has become a tree); {@code hashCode} runs before. So a key class must not wait in {@code equals}; all
 * other code of users runs under locks of our own.
 */
class NoMonitorTest {
    private static final Pattern MONITOR = Pattern.compile(
            "(?m)^ +\\d+: monitorenter|^ +flags: .*ACC_SYNCHRONIZED|// Method java/lang/Object\\.(wait|notify)");

    @Test
    void classesOfTheProduct_haveNoMonitors() throws Exception {
        var classes = classFiles(Path.of(CofferCachingProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));

        assertThat(classes).as("class files").hasSizeGreaterThan(50);
        assertThat(monitorsIn(classes)).isEmpty();
    }

    /** These have what is looked for: a block, a method, and a wait. */
    @Test
    void classesOfTheJdk_haveMonitors_thatAreFound() {
        assertThat(monitorsIn(List.of("java.util.concurrent.ConcurrentHashMap")))
                .contains("monitorenter");
        assertThat(monitorsIn(List.of("java.util.Hashtable"))).contains("ACC_SYNCHRONIZED");
        assertThat(monitorsIn(List.of("java.util.Timer", "java.util.TimerThread")))
                .contains("Object.wait");
    }

    private static List<String> classFiles(Path root) throws IOException, URISyntaxException {
        try (var files = Files.walk(root)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    /** Returns the lines that tell of a monitor, and before them that of the class. */
    private static String monitorsIn(List<String> classes) {
        var arguments = new ArrayList<>(List.of("-p", "-v"));
        arguments.addAll(classes);
        var output = new StringWriter();
        var errors = new StringWriter();
        int status = ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(new PrintWriter(output), new PrintWriter(errors), arguments.toArray(new String[0]));
        assertThat(status).as(errors.toString()).isZero();
        var found = new StringBuilder();
        var named = "";
        for (var line : output.toString().lines().toList()) {
            if (line.startsWith("  Compiled from") || line.startsWith("Classfile")) {
                named = line;
            } else if (MONITOR.matcher(line).find()) {
                found.append(named).append('\n').append(line).append('\n');
            }
        }
        return found.toString();
    }
}
