package io.coffer.process;

import io.coffer.process.Step.Kind;
import io.coffer.spi.EntryStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What one thread of a process does to a store, call after call. The same for the same seed: so whoever has killed the process knows
 * what each call was of which he heard that it had returned, and which was the next. Each thread has its own keys.
 */
final class Script {
    static final int KEYS = 150;

    private static final int KEYS_TOGETHER_MAX = 8;
    private static final int LONG_VALUE_MAX = 40_000;
    private static final int SHORT_VALUE_MAX = 500;
    private static final long SOON_MILLIS = 1_500;
    private static final long LATER_MILLIS = 3_600_000;

    private final SplittableRandom random;
    private final long startMillis;
    private final Set<Kind> kinds;
    private int next;

    /** Begins with the first call; deadlines are some time after the start. Calls of other kinds are left out. */
    Script(long seed, int thread, long startMillis, Set<Kind> kinds) {
        random = new SplittableRandom(seed * 31 + thread);
        this.startMillis = startMillis;
        this.kinds = kinds;
    }

    Step next() {
        var step = any();
        while (!kinds.contains(step.kind())) {
            step = any();
        }
        return step;
    }

    private Step any() {
        var kind = kind(random.nextInt(1_000));
        int count = switch (kind) {
            case WRITE, REMOVE, INVALIDATE, TOUCH -> 1;
            case WRITE_ALL -> random.nextInt(1, KEYS_TOGETHER_MAX);
            case CLEAR, SYNC -> 0;
        };
        var keys = random.ints(0, KEYS).distinct().limit(count).boxed().toList();
        return new Step(kind, next++, keys, deadline(), random.nextBoolean());
    }

    private static Kind kind(int dice) {
        if (dice < 600) {
            return Kind.WRITE;
        }
        if (dice < 700) {
            return Kind.WRITE_ALL;
        }
        if (dice < 850) {
            return Kind.REMOVE;
        }
        if (dice < 880) {
            return Kind.INVALIDATE;
        }
        if (dice < 994) {
            return Kind.TOUCH;
        }
        return dice < 998 ? Kind.CLEAR : Kind.SYNC;
    }

    private long deadline() {
        return switch (random.nextInt(6)) {
            case 0 -> startMillis + random.nextLong(SOON_MILLIS);
            case 1, 2 -> startMillis + LATER_MILLIS + random.nextLong(LATER_MILLIS);
            default -> EntryStore.ETERNAL;
        };
    }

    /** Returns the key of a number, which tells its thread; the first one is empty. */
    static byte[] key(int thread, int number) {
        if (thread == 0 && number == 0) {
            return new byte[0];
        }
        return ByteBuffer.allocate(5 + number).put((byte) thread).putInt(number).array();
    }

    /** Returns what a step writes to a key: never the same for another step, and mostly short. */
    static byte[] value(long seed, int thread, int index, int number) {
        var random = new SplittableRandom(seed + 1_000_003L * index + 31L * number + thread);
        int length = random.nextInt(random.nextInt(200) == 0 ? LONG_VALUE_MAX : SHORT_VALUE_MAX);
        var bytes = new byte[3 * Integer.BYTES + Long.BYTES + length];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(seed).putInt(thread).putInt(index).putInt(number);
        return bytes;
    }

    /** Returns all keys of a thread. */
    static List<Integer> numbers() {
        return IntStream.range(0, KEYS).boxed().toList();
    }
}
