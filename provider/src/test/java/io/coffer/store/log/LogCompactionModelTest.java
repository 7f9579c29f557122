package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random changes of some keys that change often and some that hardly do, with many compactions, and more changes while these run; beside a
 * map. The process is killed again and again, so that what older versions are still on disk would show. {@code -Dcoffer.sequences=…} tries
 * more, {@code -Dcoffer.seed=…} begins with one that failed.
 */
class LogCompactionModelTest {
    private static final int SEQUENCES = Integer.getInteger("coffer.sequences", 200);
    private static final long FIRST = Long.getLong("coffer.seed", 1);
    /** Seeds that notice when a rule is missing that hardly any other sequence needs. */
    private static final long[] TELLING = {928, 990};

    private static final int STEPS = 300;
    private static final int HOT = 4;
    private static final int KEYS = 12;

    /** What a key has, and under which stamp somebody knows it. */
    private record Live(String value, long deadline, long stamp) {}

    private final Map<String, Live> model = new HashMap<>();
    private SplittableRandom random = new SplittableRandom();
    private LogSubject subject = new LogSubject(Durability.NONE, Recovery.STRICT, LogSubject.SMALL, 0);
    private SimulatedFiles files = new SimulatedFiles();
    private LogStore store = subject.openStore(files);
    /** How many changes may still be made in the tick that runs: so few that their caller need not help to seal. */
    private int changesMeanwhile;

    private int values;
    private long compactedBytes;

    @Test
    void tick_amongRandomChanges_leavesWhatTheModelHas() throws IOException {
        for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
            run(seed);
        }
        for (long seed : TELLING) {
            run(seed);
        }
        assertThat(compactedBytes).isPositive();
    }

    private void run(long seed) throws IOException {
        begin(seed);
        for (int step = 0; step < STEPS; step++) {
            try {
                step();
                assertThat(found()).isEqualTo(expected());
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step, e);
            }
        }
    }

    private void begin(long seed) {
        random = new SplittableRandom(seed);
        model.clear();
        values = 0;
        subject = new LogSubject(
                Durability.NONE, Recovery.STRICT, LogSubject.SMALL + 50 * random.nextInt(8), random.nextLong());
        open(DiskImage.EMPTY);
    }

    private void open(DiskImage image) {
        files = new SimulatedFiles(image, random.nextLong());
        files.afterEachChange(this::changeMeanwhile);
        store = subject.openStore(files);
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1 -> tick();
            case 2 -> subject.pass(random.nextInt(400));
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    open(files.crash().killed());
                    model.replaceAll((key, live) -> new Live(live.value, live.deadline, 0));
                }
            }
            case 4 -> scanWhileItChanges();
            default -> change();
        }
    }

    private void tick() {
        changesMeanwhile = 3;
        store.tick();
        changesMeanwhile = 0;
        compactedBytes += store.figures().compactedBytes();
    }

    /** What a compaction has copied or decided must not be taken for what is so when it ends. */
    private void changeMeanwhile() {
        if (changesMeanwhile > 0 && random.nextInt(2) == 0 && isCompacting()) {
            int left = changesMeanwhile - 1;
            changesMeanwhile = 0;
            change();
            changesMeanwhile = left;
        }
    }

    private static boolean isCompacting() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(CompactedOutput.class.getName())));
    }

    private void change() {
        var key = "k" + (random.nextInt(8) == 0 ? random.nextInt(KEYS) : random.nextInt(HOT));
        var live = model.get(key);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                store.remove(bytes(key), EntryStore.ANY);
                model.remove(key);
            }
            case 2, 3, 4 -> touch(key, live);
            default -> put(key, live);
        }
    }

    private void put(String key, @Nullable Live live) {
        var value = "v" + values++ + "x".repeat(random.nextInt(40));
        long deadline = deadline();
        boolean isKnown = live != null && live.stamp != 0 && live.deadline > now() && random.nextBoolean();
        long stamp = store.write(bytes(key), isKnown ? live.stamp : EntryStore.ANY, bytes(value), deadline);
        assertThat(stamp).as("stamp of a version that nobody has replaced").isNotEqualTo(EntryStore.LOST);
        model.put(key, new Live(value, deadline, stamp));
    }

    private void touch(String key, @Nullable Live live) {
        if (live == null || live.deadline <= now()) {
            return;
        }
        long stamp = live.stamp != 0 && random.nextBoolean() ? live.stamp : stampOf(key);
        long deadline = deadline();
        assertThat(store.touch(bytes(key), stamp, deadline)).isTrue();
        model.put(key, new Live(live.value, deadline, stamp));
    }

    private long stampOf(String key) {
        var state = store.find(bytes(key));
        assertThat(state).isNotNull();
        return state.stamp();
    }

    private long deadline() {
        return random.nextInt(3) == 0 ? EntryStore.ETERNAL : now() + random.nextInt(600);
    }

    private long now() {
        return subject.clock().millis();
    }

    /** What is there from the beginning of a scan to its end is met once, whatever is compacted meanwhile. */
    private void scanWhileItChanges() {
        var before = expected();
        int tickAt = random.nextInt(8);
        var met = new HashSet<String>();
        try (var cursor = store.scan()) {
            for (int i = 0; ; i++) {
                if (i == tickAt) {
                    tick();
                }
                var entry = cursor.next();
                if (entry == null) {
                    break;
                }
                var key = new String(entry.key(), StandardCharsets.UTF_8);
                assertThat(met.add(key)).as("%s is met once", key).isTrue();
            }
        }
        for (var entry : expected().entrySet()) {
            if (entry.getValue().equals(before.get(entry.getKey()))) {
                assertThat(met).as("what was there all the time").contains(entry.getKey());
            }
        }
    }

    private Map<String, String> expected() {
        Map<String, String> expected = new HashMap<>();
        model.forEach((key, live) -> {
            if (live.deadline > now()) {
                expected.put(key, live.value + "@" + live.deadline);
            }
        });
        return expected;
    }

    private Map<String, String> found() {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            var entry = store.read(bytes("k" + i));
            if (entry != null && entry.expiresAtMillis() > now()) {
                found.put("k" + i, new String(entry.value(), StandardCharsets.UTF_8) + "@" + entry.expiresAtMillis());
            }
        }
        return found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
