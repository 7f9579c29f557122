package io.coffer.tier;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries that are due in constant time an entry: a hierarchical timing wheel (Varghese and Lauck 1987, scheme 7).
 *
 * <p>Deadlines are rounded up to ticks of 256 ms. An entry whose deadline moves to a later time is not moved in the wheel;
 * when its timer runs out, whoever looks at it schedules it anew. Safe for use by several threads.
 */
final class TimerWheel<K, V> {
    private static final int TICK_SHIFT = 8;
    private static final int STRIPES = 8;

    private final List<TimerStripe<K, V>> stripes = new ArrayList<>(STRIPES);

    TimerWheel(long nowMillis) {
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new TimerStripe<>(nowMillis >> TICK_SHIFT));
        }
    }

    /** Tells whether the wheel would look at a value only after its deadline. */
    boolean isLate(@Nullable Timer<K, V> timer, Expirable<V> expirable) {
        long deadline = expirable.expiresAtMillis();
        return deadline != Expirable.ETERNAL && (timer == null || !timer.armed || timer.tick > tickOf(deadline));
    }

    /** Sets the timer of an entry to the deadline of its value. For the holder of its lock. */
    void schedule(Entry<K, V> entry, Expirable<V> expirable) {
        var known = entry.timer();
        var timer = known == null ? newTimer(entry) : known;
        timer.armed = true;
        timer.stripe.set(timer, tickOf(expirable.expiresAtMillis()));
    }

    /** Forgets all timers. */
    void clear() {
        stripes.forEach(TimerStripe::clear);
    }

    /** Takes an entry out of the wheel. For the holder of its lock. */
    void cancel(Entry<K, V> entry) {
        var timer = entry.timer();
        if (timer != null) {
            timer.armed = false;
            timer.stripe.remove(timer);
        }
    }

    /** Notes that an entry which was due has been seen to: if it lives on, it needs its timer set. For the lock's holder. */
    void disarm(Entry<K, V> entry) {
        var timer = entry.timer();
        if (timer != null) {
            timer.armed = false;
        }
    }

    /** Puts an entry that was due back into the wheel, to be due again at the next tick. Needs no lock. */
    void retry(Entry<K, V> entry) {
        var timer = entry.timer();
        if (timer != null) {
            timer.stripe.again(timer);
        }
    }

    /** Takes out the entries whose timer has run out. */
    List<Entry<K, V>> due(long nowMillis) {
        var due = new ArrayList<Entry<K, V>>();
        for (var stripe : stripes) {
            stripe.advance(nowMillis >> TICK_SHIFT, due);
        }
        return due;
    }

    private Timer<K, V> newTimer(Entry<K, V> entry) {
        int hash = entry.key().hashCode();
        var timer = new Timer<>(entry, stripes.get((hash ^ (hash >>> 16)) & (STRIPES - 1)));
        entry.setTimer(timer);
        return timer;
    }

    /** The first tick that begins at or after the deadline. */
    private static long tickOf(long deadline) {
        return (deadline >> TICK_SHIFT) + 1;
    }
}
