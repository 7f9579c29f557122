package io.coffer.process;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreWrite;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;

/** A process that changes a store by several threads and tells of each call that has returned, until it is killed. */
public final class Victim {
    static final int THREADS = 4;

    /** A store can do it all. */
    static final Set<Step.Kind> KINDS = EnumSet.allOf(Step.Kind.class);

    private static final int ATTEMPTS_MAX = 1_000;

    private final EntryStore store;
    private final OutputStream pipe;
    private final long seed;
    private final int thread;

    private Victim(EntryStore store, OutputStream pipe, long seed, int thread) {
        this.store = store;
        this.pipe = pipe;
        this.seed = seed;
        this.thread = thread;
    }

    /** Waits for a line with the storage's class, the durability, seed, start in milliseconds, and folder: so it can be started early. */
    public static void main(String[] arguments) throws IOException {
        var order = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (order == null) {
            return;
        }
        var words = order.split(" ", 5);
        long seed = Long.parseLong(words[2]);
        long start = Long.parseLong(words[3]);
        var pipe = new FileOutputStream(FileDescriptor.out);
        new Message(Message.Kind.OPENING, 0, 0, true).send(pipe);
        var store = Stores.open(words[0], Stores.options(Path.of(words[4]), Durability.valueOf(words[1])));
        for (int i = 0; i < THREADS; i++) {
            var victim = new Victim(store, pipe, seed, i);
            new Thread(() -> victim.run(new Script(seed, victim.thread, start, KINDS))).start();
        }
    }

    /** Nothing may fail; if something does, the process ends before it is killed, which the killer finds odd. */
    @SuppressWarnings("CatchAndPrintStackTrace") // standard error is kept for the killer
    private void run(Script script) {
        try {
            while (true) {
                var step = script.next();
                boolean changed = run(step);
                new Message(Message.Kind.DONE, thread, step.index(), changed).send(pipe);
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    private boolean run(Step step) throws IOException {
        switch (step.kind()) {
            case WRITE -> write(step, step.keys().get(0));
            case WRITE_ALL -> writeAll(step);
            case REMOVE -> remove(step);
            case INVALIDATE -> store.invalidate(key(step));
            case TOUCH -> {
                return touch(step);
            }
            case CLEAR -> {
                new Message(Message.Kind.CLEARING, thread, step.index(), true).send(pipe);
                store.clear();
            }
            case SYNC -> store.sync();
        }
        return true;
    }

    private void write(Step step, int number) {
        var key = Script.key(thread, number);
        var value = Script.value(seed, thread, step.index(), number);
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            if (store.write(key, expected(step, key), value, step.expiresAtMillis()) != EntryStore.LOST) {
                return;
            }
        }
        throw new AssertionError("A write is lost again and again");
    }

    private void writeAll(Step step) {
        var writes = new ArrayList<StoreWrite>();
        for (int number : step.keys()) {
            var key = Script.key(thread, number);
            var value = Script.value(seed, thread, step.index(), number);
            writes.add(new StoreWrite(key, expected(step, key), value, step.expiresAtMillis()));
        }
        var stamps = store.writeAll(writes);
        for (int i = 0; i < stamps.length; i++) {
            if (stamps[i] == EntryStore.LOST) {
                write(step, step.keys().get(i));
            }
        }
    }

    private void remove(Step step) {
        var key = key(step);
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            var found = step.named() ? store.find(key) : null;
            if (store.remove(key, found == null ? EntryStore.ANY : found.stamp())) {
                return;
            }
        }
        throw new AssertionError("A removal is lost again and again");
    }

    private boolean touch(Step step) {
        var key = key(step);
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            var found = store.find(key);
            if (found == null) {
                return false;
            }
            if (store.touch(key, found.stamp(), step.expiresAtMillis())) {
                return true;
            }
        }
        throw new AssertionError("A touch is lost again and again");
    }

    private long expected(Step step, byte[] key) {
        if (!step.named()) {
            return EntryStore.ANY;
        }
        var found = store.find(key);
        return found == null ? EntryStore.ABSENT : found.stamp();
    }

    private byte[] key(Step step) {
        return Script.key(thread, step.keys().get(0));
    }
}
