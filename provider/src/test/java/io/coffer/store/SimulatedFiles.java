package io.coffer.store;

import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A directory in memory that can crash, fail and lie. It keeps apart what everybody reads, what is durable, and the operations
 * in between, and shows after any call what a power failure would leave: {@link #crash()}. To go on after one, open a new one on
 * the image. For all threads, one after the other; deterministic if the calls are.
 */
public final class SimulatedFiles implements Files {
    private static final long ENDLESS = 1L << 40;
    private static final int RECENT_CALLS = 12;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<String, SimulatedFile> live = new TreeMap<>();
    private final TreeMap<String, SimulatedFile> durable = new TreeMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Deque<String> recentCalls = new ArrayDeque<>();
    private final Faults faults;
    private Runnable afterChange = () -> {};
    private long capacity = ENDLESS;
    private boolean closed;

    public SimulatedFiles(DiskImage image, long seed) {
        image.files().forEach((name, bytes) -> durable.put(name, new SimulatedFile(bytes)));
        live.putAll(durable);
        faults = new Faults(seed);
    }

    /** One that goes on where another one is now, without having anything in common with it. */
    SimulatedFiles(
            Map<String, SimulatedFile> live, Map<String, SimulatedFile> durable, List<Pending> pending, long seed) {
        var copies = new IdentityHashMap<SimulatedFile, SimulatedFile>();
        Function<SimulatedFile, SimulatedFile> copy = file -> copies.computeIfAbsent(file, SimulatedFile::copy);
        live.forEach((name, file) -> this.live.put(name, copy.apply(file)));
        durable.forEach((name, file) -> this.durable.put(name, copy.apply(file)));
        pending.forEach(each -> this.pending.add(each.of(copy.apply(each.file()))));
        faults = new Faults(seed);
    }

    public SimulatedFiles() {
        this(DiskImage.EMPTY, 0);
    }

    /** What shall fail. */
    public Faults faults() {
        return faults;
    }

    /** Sets how many bytes all files together may have. */
    public void limitTo(long bytes) {
        capacity = bytes;
    }

    /** Sets what is called after each call that may have changed something, in the thread and the call that changed it. */
    public void afterEachChange(Runnable observer) {
        afterChange = observer;
    }

    /** Returns the last few calls that may have changed something, for messages. */
    public List<String> recentCalls() {
        return List.copyOf(recentCalls);
    }

    /** Lets the power fail now, for whoever looks; this one goes on. For one thread: see {@link #whenItCrashes}. */
    public Crash crash() {
        return new Crash(new TreeMap<>(live), new TreeMap<>(durable), List.copyOf(pending));
    }

    /** Lets the power fail while other threads go on, and returns what is made of that before their next calls. */
    public <T> T whenItCrashes(Function<Crash, T> look) {
        lock.lock();
        try {
            return look.apply(crash());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public WritableFile create(String name) throws IOException {
        FileNames.require(name);
        return change(Call.CREATE, name, failure -> {
            fail(failure, "create " + name);
            if (live.containsKey(name)) {
                throw new IOException("There is a file " + name + " already");
            }
            var file = new SimulatedFile(new byte[0]);
            rename(new Pending.Naming(null, name, file));
            return new SimulatedWritableFile(this, name, file);
        });
    }

    @Override
    public WritableFile openForWriting(String name) throws IOException {
        return call(Call.OPEN, failure -> {
            fail(failure, "open " + name);
            return new SimulatedWritableFile(this, name, existing(name));
        });
    }

    @Override
    public ReadableFile openForReading(String name) throws IOException {
        return call(Call.OPEN, failure -> {
            fail(failure, "open " + name);
            return new SimulatedReadableFile(this, name, existing(name));
        });
    }

    /** What it does, the sync that follows does as well. */
    @Override
    public Syncing beginSync(List<String> names) {
        return () -> {};
    }

    @Override
    public List<String> list() throws IOException {
        return call(Call.LIST, failure -> {
            fail(failure, "list");
            return List.copyOf(live.keySet());
        });
    }

    @Override
    public boolean delete(String name) throws IOException {
        FileNames.require(name);
        return change(Call.DELETE, name, failure -> {
            fail(failure, "delete " + name);
            var file = live.get(name);
            if (file != null) {
                rename(new Pending.Naming(name, null, file));
            }
            return file != null;
        });
    }

    @Override
    public void rename(String from, String to) throws IOException {
        FileNames.require(to);
        change(Call.RENAME, from + " to " + to, failure -> {
            fail(failure, "rename " + from + " to " + to);
            var file = existing(from);
            if (!from.equals(to)) {
                rename(new Pending.Naming(from, to, file));
            }
            return null;
        });
    }

    @Override
    public void syncDirectory() throws IOException {
        change(Call.SYNC_DIRECTORY, ".", failure -> {
            if (failure == Failure.SYNC_LOSES) {
                pending.removeIf(Pending.Naming.class::isInstance);
            }
            fail(failure, "sync the directory");
            for (var each : pending) {
                if (each instanceof Pending.Naming naming) {
                    naming.applyTo(durable);
                }
            }
            pending.removeIf(Pending.Naming.class::isInstance);
            return null;
        });
    }

    @Override
    public long freeBytes() throws IOException {
        return call(Call.FREE_BYTES, failure -> {
            fail(failure, "ask for the free bytes");
            return room();
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Lets the next owner have the directory after {@link #close()}. */
    public void reopen() {
        closed = false;
    }

    /** What a call does, told how it is to fail, or null. */
    @FunctionalInterface
    interface Action<T> {
        T run(Failure failure) throws IOException;
    }

    /** Runs a call that changes nothing. */
    <T> T call(Call kind, Action<T> action) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The directory is closed");
            }
            var failure = faults.next(kind);
            if (failure == Failure.INTERRUPT) {
                Thread.currentThread().interrupt();
                return action.run(null);
            }
            return action.run(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a call that may change something, also if it fails. */
    <T> T change(Call kind, String name, Action<T> action) throws IOException {
        lock.lock();
        try {
            if (recentCalls.size() == RECENT_CALLS) {
                recentCalls.remove();
            }
            recentCalls.add(kind + " " + name);
            return call(kind, action);
        } finally {
            try {
                afterChange.run();
            } finally {
                lock.unlock();
            }
        }
    }

    static void fail(Failure failure, String what) throws IOException {
        if (failure == Failure.NO_SPACE) {
            throw new DiskFullException("Cannot " + what + ": no space left (simulated)");
        }
        if (failure != null) {
            throw new IOException("Cannot " + what + ": input/output error (simulated)");
        }
    }

    /** Returns how many bytes more the files may have. */
    long room() {
        return Math.max(
                0,
                capacity
                        - live.values().stream()
                                .mapToLong(file -> file.live().size())
                                .sum());
    }

    void pend(Pending operation) {
        pending.add(operation);
    }

    /** Makes durable what was asked of a file. */
    void sync(SimulatedFile file) {
        for (var each : pending) {
            if (each instanceof Pending.Write write && write.file() == file) {
                file.durable().write(write.position(), write.bytes(), 0, write.bytes().length);
            } else if (each instanceof Pending.Cut cut && cut.file() == file) {
                file.durable().truncate(cut.size());
            }
        }
        forget(file);
    }

    /** Forgets what was asked of a file, though everybody still reads it. */
    void forget(SimulatedFile file) {
        pending.removeIf(each -> each.changes(file));
    }

    private void rename(Pending.Naming naming) {
        naming.applyTo(live);
        pending.add(naming);
    }

    private SimulatedFile existing(String name) throws FileNotFoundException {
        var file = live.get(FileNames.require(name));
        if (file == null) {
            throw new FileNotFoundException("There is no file " + name);
        }
        return file;
    }

    @Override
    public String toString() {
        return "a simulated directory";
    }
}
