package io.coffer.conformance;

import javax.cache.event.EventType;

/**
 * An event as a listener received it.
 *
 * @param value null if a listener that asked for no old values gets none for a removal
 * @param old null if there is none or it was not made available
 */
record Event(EventType type, String key, String value, String old) {

    /** The same event with the old value, and a removal with its value, which is the old one. */
    Event offering(String oldValue) {
        return switch (type) {
            case UPDATED -> new Event(type, key, value, oldValue);
            case REMOVED -> new Event(type, key, oldValue, oldValue);
            case CREATED, EXPIRED -> this;
        };
    }
}
