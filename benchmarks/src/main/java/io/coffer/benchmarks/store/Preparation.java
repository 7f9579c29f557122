package io.coffer.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Fills a store in a process that is killed, and opens copies of what is left in others. */
final class Preparation {
    private static final int OPENINGS = 3;

    private final Path base;
    private final Path log;
    private final Records records;
    private final int valueBytes;
    private final boolean rewrites;
    private final PrintStream progress;
    private final BiConsumer<EngineKind, IllegalStateException> failed;

    /** Tells what has failed that leaves a store for other rows. */
    Preparation(Path base, StorePlan plan, PrintStream progress, BiConsumer<EngineKind, IllegalStateException> failed) {
        this.base = base;
        this.log = base.resolve("children.log");
        this.valueBytes = plan.valueBytes();
        this.records = new Records(plan.entries(), valueBytes);
        this.rewrites = plan.rows().stream().anyMatch(StoreRow::isRewriting);
        this.progress = progress;
        this.failed = failed;
    }

    /** Throws IllegalStateException if there is no store to measure anything on. */
    Prepared prepare(EngineKind kind) throws IOException, InterruptedException {
        progress.printf("Filling, killing and opening %s%n", kind.title());
        Path killed = Files.createDirectory(base.resolve(kind.id()));
        double fillSeconds = fillAndKill(kind, killed);
        List<Opened> openings = new ArrayList<>();
        for (int i = 1; i <= OPENINGS; i++) {
            Path copy = Folders.copy(killed, kind.id());
            openings.add(open(kind, copy, i == OPENINGS));
            if (i < OPENINGS) {
                Folders.delete(copy);
            }
        }
        Folders.delete(killed);
        Opened last = openings.get(OPENINGS - 1);
        Opened whole = last.presentShare() < 1 ? open(kind, last.folder(), false) : last;
        return new Prepared(
                last.folder(),
                fillSeconds,
                median(openings.stream().mapToDouble(Opened::loadSeconds).toArray()),
                median(openings.stream().mapToDouble(Opened::openSeconds).toArray()),
                median(openings.stream().mapToDouble(Opened::jvmSeconds).toArray()),
                whole.heapBytes(),
                whole.nativeBytes(),
                Folders.bytes(last.folder()),
                last.presentShare(),
                rewrites && kind.isStore() ? rewriting(kind, last.folder()) : null);
    }

    private double fillAndKill(EngineKind kind, Path folder) throws IOException {
        try (var filler = Child.start(Filler.class, arguments(kind, folder), log)) {
            return filler.await(Filler.FILLED)[0];
        }
    }

    /** Null if it has failed. */
    private Rewriting rewriting(EngineKind kind, Path filled) throws IOException, InterruptedException {
        progress.printf("Writing over %s%n", kind.title());
        Path copy = Folders.copy(filled, kind.id());
        try (var rewriter = Child.start(Rewriter.class, arguments(kind, copy), log);
                var peak = new PeakBytes(copy)) {
            double[] told = rewriter.await(Rewriter.REWRITTEN);
            rewriter.awaitEnd();
            return new Rewriting(told[0], told[1], told[2], told[3], told[4], peak.bytes(), Folders.bytes(copy));
        } catch (IllegalStateException e) {
            failed.accept(kind, e);
            return null;
        } finally {
            Folders.delete(copy);
        }
    }

    private Opened open(EngineKind kind, Path folder, boolean putsMissing) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(arguments(kind, folder));
        arguments.add(String.valueOf(putsMissing));
        try (var opener = Child.start(Opener.class, arguments, log)) {
            opener.await(Opener.STARTED);
            double jvmSeconds = opener.seconds();
            double loadSeconds = opener.await(Opener.LOADED)[0];
            double openSeconds = opener.await(Opener.OPENED)[0];
            double[] memory = opener.await(Opener.TAKES);
            double present = opener.await(Opener.HOLDS)[0];
            opener.awaitEnd();
            int counted = (records.count() - 1) / Opener.COUNTED_ONE_IN + 1;
            return new Opened(folder, jvmSeconds, loadSeconds, openSeconds, memory[0], memory[1], present / counted);
        }
    }

    private List<String> arguments(EngineKind kind, Path folder) {
        return List.of(kind.name(), folder.toString(), String.valueOf(records.count()), String.valueOf(valueBytes));
    }

    private static double median(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** What one process has told. */
    private record Opened(
            Path folder,
            double jvmSeconds,
            double loadSeconds,
            double openSeconds,
            double heapBytes,
            double nativeBytes,
            double presentShare) {}
}
