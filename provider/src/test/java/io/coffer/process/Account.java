package io.coffer.process;

import io.coffer.process.Message.Kind;
import io.coffer.spi.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be in a store after the process that wrote to it was killed, by the messages that have arrived: of each key what the last
 * call has left that is known to have returned, or what the next one would leave, which was on its way. A clear that met a call may
 * have come before or after it.
 */
final class Account {
    /** When something began and ended, by the number of the messages before; what has not ended, never ends. */
    private record Span(long begin, long end) {
        private static final long NEVER = Long.MAX_VALUE;

        boolean isBefore(Span other) {
            return end < other.begin;
        }
    }

    /** What a call has left at a key. */
    private record Left(@Nullable Expected entry, Span span) {}

    private final Map<Integer, Left> left = new HashMap<>();
    private final Map<Integer, Left> onTheWay = new HashMap<>();
    private final List<Span> clears = new ArrayList<>();
    private long calls;

    /** Begins with what was found before the process. */
    Account(Map<Integer, Expected> before) {
        before.forEach((key, entry) -> left.put(key, new Left(entry, new Span(-2, -1))));
    }

    /** The place of a key in the maps. */
    static int id(int thread, int number) {
        return thread * Script.KEYS + number;
    }

    /** How many calls are known to have returned. */
    long calls() {
        return calls;
    }

    /** Takes all messages of a process that makes calls of some kinds. */
    void add(List<Message> messages, long seed, long startMillis, Set<Step.Kind> kinds) {
        for (int thread = 0; thread < Victim.THREADS; thread++) {
            replay(messages, seed, thread, new Script(seed, thread, startMillis, kinds));
        }
    }

    private void replay(List<Message> messages, long seed, int thread, Script script) {
        long begin = -1;
        long clearing = -1;
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message.thread() == thread && message.kind() == Kind.CLEARING) {
                clearing = i;
            } else if (message.thread() == thread && message.kind() == Kind.DONE) {
                var step = script.next();
                if (step.index() != message.index()) {
                    throw new AssertionError("Step " + message.index() + " instead of " + step.index());
                }
                if (step.kind() == Step.Kind.CLEAR) {
                    clears.add(new Span(clearing, i));
                }
                leave(left, step, seed, thread, new Span(begin, i), message.changed());
                calls++;
                begin = i;
            }
        }
        var last = script.next();
        if (last.kind() == Step.Kind.CLEAR && clearing > begin) {
            clears.add(new Span(clearing, Span.NEVER));
        }
        leave(onTheWay, last, seed, thread, new Span(begin, Span.NEVER), true);
    }

    private void leave(Map<Integer, Left> where, Step step, long seed, int thread, Span span, boolean changed) {
        for (int number : step.keys()) {
            int id = id(thread, number);
            var entry = switch (step.kind()) {
                case WRITE, WRITE_ALL -> new Expected(seed, thread, step.index(), number, step.expiresAtMillis());
                case TOUCH -> changed ? touched(id, step, where == left) : null;
                case REMOVE, INVALIDATE, CLEAR, SYNC -> null;
            };
            where.put(id, new Left(entry, span));
        }
    }

    private @Nullable Expected touched(int id, Step step, boolean isCertain) {
        var before = left.get(id);
        if (before != null && before.entry != null) {
            return before.entry.touched(step.expiresAtMillis());
        }
        if (isCertain) {
            throw new AssertionError("Step " + step.index() + " has touched an entry that nobody has written");
        }
        return null;
    }

    /** Whether something may be at a key, if it is looked at by a clock. */
    boolean allows(int id, @Nullable StoredEntry found, long nowMillis) {
        return candidates(id).stream()
                .anyMatch(entry -> Expected.isSame(entry, found)
                        || (found == null && entry != null && entry.expiresAtMillis() <= nowMillis));
    }

    /** Returns what may be at a key, null among it for nothing. */
    List<@Nullable Expected> candidates(int id) {
        var last = left.getOrDefault(id, new Left(null, new Span(-2, -1)));
        var candidates = new ArrayList<@Nullable Expected>();
        if (clears.stream().noneMatch(clear -> clear.end != Span.NEVER && last.span.isBefore(clear))) {
            candidates.add(last.entry);
        }
        if (clears.stream().anyMatch(clear -> !clear.isBefore(last.span))) {
            candidates.add(null);
        }
        var next = onTheWay.get(id);
        if (next != null) {
            candidates.add(next.entry);
        }
        return candidates;
    }
}
