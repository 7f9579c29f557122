package io.coffer.event;

import javax.cache.event.EventType;

/** What may happen to an entry, so that somebody hears of it. */
public enum EventKind {
    CREATED(EventType.CREATED),
    UPDATED(EventType.UPDATED),
    REMOVED(EventType.REMOVED),
    EXPIRED(EventType.EXPIRED),
    /** Removed for want of room, which the standard has no constant for. */
    EVICTED(EventType.REMOVED);

    private final EventType type;

    EventKind(EventType type) {
        this.type = type;
    }

    /** Returns what an event of this kind calls itself. */
    EventType type() {
        return type;
    }
}
