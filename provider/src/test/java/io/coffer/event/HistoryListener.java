package io.coffer.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;

/** Follows each key from event to event: what the next one calls the old value must be what the one before called the new. */
final class HistoryListener {
    private static final String NONE = "none";

    private final Map<Integer, String> values = new ConcurrentHashMap<>();
    private final Map<Integer, Thread> tellers = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong events = new AtomicLong();

    void on(CacheEntryEvent<? extends Integer, ? extends String> event) {
        var other = tellers.putIfAbsent(event.getKey(), Thread.currentThread());
        if (other != null) {
            violations.add("two events of one key at the same time: " + Thread.currentThread() + " and " + other);
        }
        boolean isGone = event.getEventType() == EventType.REMOVED;
        var before = event.isOldValueAvailable() ? event.getOldValue() : NONE;
        var known = values.getOrDefault(event.getKey(), NONE);
        values.put(event.getKey(), isGone ? NONE : event.getValue());
        if (!known.equals(before)) {
            violations.add(event.getEventType() + " " + event.getKey() + " after " + known + " names " + before);
        }
        tellers.remove(event.getKey());
        events.incrementAndGet();
    }

    /** Returns what was wrong. */
    List<String> violations() {
        return violations;
    }

    /** Returns the number of events. */
    long events() {
        return events.get();
    }

    /** Returns the last value heard of, by key; removed ones are left out. */
    Map<Integer, String> values() {
        var live = new ConcurrentHashMap<>(values);
        live.values().removeIf(NONE::equals);
        return live;
    }
}
