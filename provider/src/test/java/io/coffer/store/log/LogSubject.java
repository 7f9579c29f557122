package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.store.CrashInvariant;
import io.coffer.store.CrashSubject;
import io.coffer.store.DiskFullException;
import io.coffer.store.DiskImage;
import io.coffer.store.Files;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The log store as a subject of crashes and failures: one clock for all that is opened, no threads, and chance by a seed. */
final class LogSubject implements CrashSubject<LogSession> {
    static final long SYNC_INTERVAL_MILLIS = 1_000;

    /** Small segments, so that a few entries fill one. */
    static final int SMALL = 300;

    /** Segments that no trace fills. */
    static final int LARGE = 1 << 16;

    private static final int RECORD_BYTES_MAX = 150;

    private final Durability durability;
    private final Recovery recovery;
    private final int segmentBytes;
    /** Whether each store is opened strictly as well, which reads all, and must have the same. */
    private final boolean isCompared;

    private final @Nullable StoreEncryption encryption;
    private final SplittableRandom random;
    private final FakeClock clock = new FakeClock();

    /** Never goes back, as the wall clock may. */
    private long timerMillis;

    LogSubject(Durability durability, Recovery recovery, int segmentBytes, long seed) {
        this(durability, recovery, segmentBytes, false, Encrypted.ENCRYPTION, seed);
    }

    /** A subject that is never damaged: opened by hints, it has what it has if all is read. */
    static LogSubject whole(Durability durability, int segmentBytes, long seed) {
        return new LogSubject(durability, Recovery.POINT_IN_TIME, segmentBytes, true, Encrypted.ENCRYPTION, seed);
    }

    LogSubject(
            Durability durability,
            Recovery recovery,
            int segmentBytes,
            boolean isCompared,
            @Nullable StoreEncryption encryption,
            long seed) {
        this.encryption = encryption;
        this.isCompared = isCompared;
        this.durability = durability;
        this.recovery = recovery;
        this.segmentBytes = segmentBytes;
        random = new SplittableRandom(seed);
    }

    Durability durability() {
        return durability;
    }

    FakeClock clock() {
        return clock;
    }

    @Override
    public LogSession open(Files files) throws IOException {
        var directory = (SimulatedFiles) files;
        var image = directory.crash().killed();
        var session = new LogSession(this, directory);
        asIoException(session::store);
        if (isCompared) {
            compare(session, image);
        }
        return session;
    }

    private void compare(LogSession session, DiskImage image) throws IOException {
        var strict = new LogSession(this, new SimulatedFiles(image, 1));
        strict.take(openStore(strict.files(), Recovery.STRICT));
        var found = session.contents();
        var expected = strict.contents();
        if (!found.equals(expected) || session.store().counters().damagedEntries() != 0) {
            throw new AssertionError("By hints: " + found + ", by records: " + expected + ", " + image);
        }
    }

    @Override
    public Map<String, String> contents(LogSession session) throws IOException {
        return asIoException(session::contents);
    }

    @Override
    public void putDurably(LogSession session, String key, String value) throws IOException {
        asIoException(() -> {
            session.put(key, value);
            session.store().sync();
            return session;
        });
    }

    LogStore openStore(SimulatedFiles files) {
        return openStore(files, recovery);
    }

    private LogStore openStore(SimulatedFiles files, Recovery recovery) {
        return open(
                files,
                new LogOptions(
                        "test",
                        "texts",
                        durability,
                        SYNC_INTERVAL_MILLIS,
                        recovery,
                        RECORD_BYTES_MAX,
                        Encrypted.segmentBytes(segmentBytes, encryption),
                        Encrypted.segmentBytes(segmentBytes, encryption),
                        Long.MAX_VALUE,
                        false,
                        0,
                        encryption,
                        clock,
                        this::nanoTime,
                        random.split(),
                        false));
    }

    /** Opens a log, whatever state its directory is in. */
    static LogStore open(Files files, LogOptions options) {
        try {
            return LogStore.open(files, options);
        } catch (IOException e) {
            var kind = e instanceof DiskFullException ? StoreException.Kind.FULL : StoreException.Kind.FAILED;
            throw new StoreException(kind, "The store could not be opened", e);
        }
    }

    /** Lets time pass, for the wall clock and for the timer. */
    void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
        timerMillis += millis;
    }

    private long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(timerMillis);
    }

    /** Something that calls a store. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    /** What is documented to happen when a disk fails is what the enumerations understand; all else is a bug. */
    static <T> T asIoException(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.FULL || e.kind() == StoreException.Kind.FAILED) {
                throw new IOException(e.kind().toString(), e);
            }
            throw e;
        }
    }

    /** The invariants, for entries that may expire: what has expired now is absent, in whatever state it was. */
    List<CrashInvariant> invariants() {
        return CrashInvariant.ALL.stream()
                .<CrashInvariant>map(invariant -> (known, recovered) -> invariant.violation(
                        new CrashInvariant.Known(
                                known.states().stream().map(this::alive).toList(), known.synced()),
                        recovered))
                .toList();
    }

    Map<String, String> alive(Map<String, String> entries) {
        Map<String, String> alive = new TreeMap<>(entries);
        alive.values().removeIf(shown -> deadline(shown) <= clock.millis());
        return alive;
    }

    /** Returns empty for what has expired now. */
    Optional<String> alive(Optional<String> shown) {
        return shown.filter(each -> deadline(each) > clock.millis());
    }

    /** Returns the deadline of an entry as it is shown. */
    static long deadline(String shown) {
        int at = shown.indexOf('@');
        return at < 0 ? Long.MAX_VALUE : Long.parseLong(shown.substring(at + 1));
    }
}
