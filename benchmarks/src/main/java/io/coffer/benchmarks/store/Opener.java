package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that opens a store, reads an entry, counts the entries, puts in what is lost if somebody works on with the store, and closes
 * it. Tells how long it took, and what the open store takes of memory.
 */
final class Opener {
    static final String STARTED = "started";
    static final String LOADED = "loaded";
    static final String OPENED = "opened";
    static final String HOLDS = "holds";
    static final String TAKES = "takes";
    static final int COUNTED_ONE_IN = 10;
    private static final int COLLECTIONS = 3;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String NATIVE = "RssAnon:";

    private Opener() {}

    /** Engine, folder, entries, bytes of a value, whether to put in what is lost. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(STARTED);
        var kind = EngineKind.valueOf(arguments[0]);
        var folder = Path.of(arguments[1]);
        var records = new Records(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        System.out.println(LOADED + " " + loadedInSeconds(kind, folder));
        long heapBefore = heapBytes();
        long nativeBefore = nativeBytes();
        long before = System.nanoTime();
        Engine engine = kind.open(folder, Durability.NONE, records);
        engine.get(Records.key(records.count() / 2));
        System.out.println(OPENED + " " + (System.nanoTime() - before) / 1e9);
        long heapAfter = heapBytes();
        System.out.println(TAKES + " " + (heapAfter - heapBefore) + " " + (nativeBytes() - nativeBefore));
        System.out.println(HOLDS + " " + records.countPresent(engine, COUNTED_ONE_IN));
        if (Boolean.parseBoolean(arguments[4])) {
            records.putMissing(engine);
        }
        engine.close();
    }

    /** Classes and native libraries, some of which are unpacked first, come with the first store of a kind. */
    private static double loadedInSeconds(EngineKind kind, Path folder) throws IOException {
        Path beside = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-empty"));
        long before = System.nanoTime();
        kind.open(beside, Durability.NONE, new Records(1, 1)).close();
        double seconds = (System.nanoTime() - before) / 1e9;
        Folders.delete(beside);
        return seconds;
    }

    private static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Memory of the process that is no file's; the heap is all touched, so what is added is not the heap. Linux only. */
    private static long nativeBytes() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(STATUS);
        return lines.stream()
                .filter(line -> line.startsWith(NATIVE))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }
}
