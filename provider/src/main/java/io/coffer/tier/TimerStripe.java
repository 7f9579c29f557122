package io.coffer.tier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The part of the timer wheel that serves some of the keys, under a lock of its own. */
final class TimerStripe<K, V> {
    /*
     * Level 0 has a slot a tick, level i a slot per 64^i ticks, and 64 slots each. A timer lies in the lowest level that
     * reaches to its tick. When time enters a slot of a higher level, its timers move down; when it enters one of level 0,
     * they are due. The five levels reach 8.7 years; what lies beyond waits in the farthest slot and is then placed again.
     */
    private static final int LEVELS = 5;
    private static final int SLOT_SHIFT = 6;
    private static final int SLOTS = 1 << SLOT_SHIFT;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<@Nullable Chain<Timer<K, V>>> slots = new ArrayList<>();
    private long current;

    TimerStripe(long currentTick) {
        this.current = currentTick;
    }

    /** Places a timer, or moves it. One whose tick has passed is due at the next. */
    void set(Timer<K, V> timer, long tick) {
        lock.lock();
        try {
            timer.unlink();
            timer.tick = tick;
            place(timer);
        } finally {
            lock.unlock();
        }
    }

    /** Places a timer that was due once more; one that was set meanwhile stays where it is. */
    void again(Timer<K, V> timer) {
        lock.lock();
        try {
            if (!timer.isLinked()) {
                place(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all timers. */
    void clear() {
        lock.lock();
        try {
            slots.forEach(chain -> move(chain, new Chain<>()));
        } finally {
            lock.unlock();
        }
    }

    /** Takes a timer out, if it is in. */
    void remove(Timer<K, V> timer) {
        lock.lock();
        try {
            timer.unlink();
        } finally {
            lock.unlock();
        }
    }

    /** Moves time, and takes out the timers that are due. If time has gone back, all timers are placed again. */
    void advance(long nowTick, List<Entry<K, V>> due) {
        lock.lock();
        try {
            var entered = new Chain<Timer<K, V>>();
            if (nowTick >= current) {
                for (int level = 0; level < LEVELS; level++) {
                    enter(level, nowTick, entered);
                }
            } else {
                slots.forEach(chain -> move(chain, entered));
            }
            current = nowTick;
            for (var timer = entered.poll(); timer != null; timer = entered.poll()) {
                if (timer.tick <= current) {
                    due.add(timer.entry);
                } else {
                    place(timer);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Collects the timers of all slots of a level that time enters on its way to now: after one turn, that is all. */
    private void enter(int level, long nowTick, Chain<Timer<K, V>> entered) {
        int shift = level * SLOT_SHIFT;
        long from = current >> shift;
        long to = Math.min(nowTick >> shift, from + SLOTS);
        for (long position = from + 1; position <= to; position++) {
            int slot = slot(level, position);
            move(slot < slots.size() ? slots.get(slot) : null, entered);
        }
    }

    private static <K, V> void move(@Nullable Chain<Timer<K, V>> from, Chain<Timer<K, V>> to) {
        for (var timer = from == null ? null : from.poll(); from != null && timer != null; timer = from.poll()) {
            to.add(timer);
        }
    }

    private void place(Timer<K, V> timer) {
        long tick = Math.max(timer.tick, current + 1);
        int level = 0;
        while (level < LEVELS - 1 && tick - current > 1L << ((level + 1) * SLOT_SHIFT)) {
            level++;
        }
        int shift = level * SLOT_SHIFT;
        long position = Math.min(tick >> shift, (current >> shift) + SLOTS);
        chainAt(slot(level, position)).add(timer);
    }

    private static int slot(int level, long position) {
        return level * SLOTS + (int) (position & (SLOTS - 1));
    }

    /** Slots are made when they are needed: most caches have one time to live, hence few in use. */
    private Chain<Timer<K, V>> chainAt(int slot) {
        while (slots.size() <= slot) {
            slots.add(null);
        }
        var chain = slots.get(slot);
        if (chain == null) {
            chain = new Chain<>();
            slots.set(slot, chain);
        }
        return chain;
    }
}
