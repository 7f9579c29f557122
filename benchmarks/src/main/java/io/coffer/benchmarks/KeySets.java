package io.coffer.benchmarks;

import java.util.LinkedHashSet;
import java.util.Set;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's sets of 20 different keys for {@code getAll}, drawn as a {@link Cursor} draws. */
@State(Scope.Thread)
public class KeySets {
    static final int KEYS_PER_SET = 20;
    private static final int SETS = 1 << 12;

    private Set<String>[] sets;
    private int position;

    @Setup
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of sets: a read without bounds logic of a list
    public void draw(Entries entries, ThreadParams thread) {
        var random = Cursor.randomOf(thread);
        var zipf = new Zipf(Entries.COUNT, Cursor.SKEW);
        sets = new Set[SETS];
        for (int i = 0; i < SETS; i++) {
            var keys = new LinkedHashSet<String>();
            while (keys.size() < KEYS_PER_SET) {
                keys.add(entries.key(zipf.draw(random)));
            }
            sets[i] = keys;
        }
    }

    Set<String> next() {
        return sets[position++ & SETS - 1];
    }
}
