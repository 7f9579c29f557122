package io.coffer.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where and with what was measured: numbers without it cannot be compared. */
public final class Surroundings {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private final String date = LocalDate.now(ZoneOffset.UTC).toString();
    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    /** The arguments are those of the JVMs that measure. */
    public String markdown(List<String> jvmArguments) throws IOException {
        return """
                - Date: %s
                - Machine: %s, %d processors, %s %s (%s); load average before the run: %s
                - Java: %s %s, %s
                - Libraries: %s
                """.formatted(
                        date,
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        loadBefore < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", loadBefore),
                        System.getProperty("java.vm.name"),
                        Runtime.version(),
                        String.join(" ", jvmArguments),
                        libraries());
    }

    /** Java has no name for the model: Linux tells it in a file, Windows in a variable. */
    private static String processor() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return Objects.requireNonNullElse(System.getenv("PROCESSOR_IDENTIFIER"), "processor of unknown model");
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor of unknown model");
        }
    }

    private static String libraries() throws IOException {
        var versions = new Properties();
        try (InputStream in = Surroundings.class.getResourceAsStream("libraries.properties")) {
            versions.load(Objects.requireNonNull(in, "libraries.properties is missing from the jar"));
        }
        return new TreeMap<>(versions)
                .entrySet().stream()
                        .map(library -> library.getKey() + " " + library.getValue())
                        .collect(Collectors.joining(", "));
    }
}
