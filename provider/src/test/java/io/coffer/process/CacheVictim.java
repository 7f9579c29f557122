package io.coffer.process;

import io.coffer.jcache.CofferCachingProvider;
import io.coffer.process.Step.Kind;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Set;
import javax.cache.Cache;

/** A process that changes a persistent cache by several threads and tells of each call that has returned, until it is killed. */
public final class CacheVictim {
    /** The rest is of stores alone. */
    static final Set<Kind> KINDS = EnumSet.of(Kind.WRITE, Kind.WRITE_ALL, Kind.REMOVE, Kind.INVALIDATE, Kind.CLEAR);

    /** How many entries with a time to live there are. */
    static final int MORTALS = 50;

    private final Cache<String, String> cache;
    private final OutputStream pipe;
    private final long seed;
    private final int thread;

    private CacheVictim(Cache<String, String> cache, OutputStream pipe, long seed, int thread) {
        this.cache = cache;
        this.pipe = pipe;
        this.seed = seed;
        this.thread = thread;
    }

    /** Waits for a line with the manager's URI and a seed. Before it tells of the first call, all entries with a time to live are put. */
    public static void main(String[] arguments) throws IOException {
        var order = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (order == null) {
            return;
        }
        var words = order.split(" ", 2);
        long seed = Long.parseLong(words[0]);
        var pipe = new FileOutputStream(FileDescriptor.out);
        new Message(Message.Kind.OPENING, 0, 0, true).send(pipe);
        var manager = new CofferCachingProvider().getCacheManager(URI.create(words[1]), null);
        var mortal = manager.<String, String>getCache("mortal");
        for (int i = 0; i < MORTALS; i++) {
            mortal.put("k" + i, "v" + seed);
        }
        var cache = manager.<String, String>getCache("immortal");
        for (int i = 0; i < Victim.THREADS; i++) {
            var victim = new CacheVictim(cache, pipe, seed, i);
            new Thread(() -> victim.run(new Script(seed, victim.thread, 0, KINDS))).start();
        }
    }

    /** As {@link Victim}: nothing may fail. */
    private void run(Script script) {
        try {
            while (true) {
                var step = script.next();
                run(step);
                new Message(Message.Kind.DONE, thread, step.index(), true).send(pipe);
            }
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    private void run(Step step) throws IOException {
        switch (step.kind()) {
            case WRITE -> write(step);
            case WRITE_ALL -> {
                var entries = new HashMap<String, String>();
                step.keys().forEach(number -> entries.put(key(thread, number), value(seed, thread, step.index())));
                cache.putAll(entries);
            }
            case REMOVE -> remove(step);
            case INVALIDATE -> cache.removeAll(Set.of(key(thread, step.keys().get(0))));
            case CLEAR -> {
                new Message(Message.Kind.CLEARING, thread, step.index(), true).send(pipe);
                if (step.named()) {
                    cache.clear();
                } else {
                    cache.removeAll();
                }
            }
            case TOUCH, SYNC -> throw new AssertionError(step);
        }
    }

    private void write(Step step) {
        var key = key(thread, step.keys().get(0));
        var value = value(seed, thread, step.index());
        if (step.named()) {
            cache.getAndPut(key, value);
        } else {
            cache.put(key, value);
        }
    }

    private void remove(Step step) {
        var key = key(thread, step.keys().get(0));
        if (step.named()) {
            cache.getAndRemove(key);
        } else {
            cache.remove(key);
        }
    }

    static String key(int thread, int number) {
        return thread + "/" + number;
    }

    static String value(long seed, int thread, int index) {
        return seed + "/" + thread + "/" + index + "x".repeat(index % 500);
    }
}
