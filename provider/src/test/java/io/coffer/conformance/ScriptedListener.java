package io.coffer.conformance;

import java.util.EnumSet;
import java.util.Set;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/**
 * A listener for every type of event, and its filter. Expiries are heard and not recorded: the specification leaves
 * open when they are announced, and the reference implementation announces some of them never.
 */
final class ScriptedListener
        implements CacheEntryCreatedListener<String, Object>,
                CacheEntryUpdatedListener<String, Object>,
                CacheEntryRemovedListener<String, Object>,
                CacheEntryExpiredListener<String, Object>,
                CacheEntryEventFilter<String, Object> {

    private static final Set<EventType> COMPARED = EnumSet.complementOf(EnumSet.of(EventType.EXPIRED));

    private final World world;

    ScriptedListener(World world) {
        this.world = world;
    }

    @Override
    public boolean evaluate(CacheEntryEvent<? extends String, ?> event) {
        if (!world.journal().isOpen() || !COMPARED.contains(event.getEventType())) {
            return true;
        }
        int index = world.journal().index();
        if (world.script().filterFails(index, event.getKey())) {
            if (world.translates(KnownDifference.FAILING_FILTER)) {
                return false;
            }
            throw new IllegalStateException("scripted filter");
        }
        return world.script().filterPasses(index, event.getKey());
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ?>> events) {
        hear(EventType.CREATED, events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ?>> events) {
        hear(EventType.UPDATED, events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ?>> events) {
        hear(EventType.REMOVED, events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ?>> events) {
        hear(EventType.EXPIRED, events);
    }

    private void hear(EventType type, Iterable<CacheEntryEvent<? extends String, ?>> events) {
        if (world.journal().isOpen() && COMPARED.contains(type)) {
            boolean heard = false;
            for (CacheEntryEvent<? extends String, ?> event : events) {
                world.journal().add(recorded(type, event));
                heard |= !isKnownNotToHappen(type, event.getKey());
            }
            if (heard && world.scenario().listening() == Scenario.Listening.THROWING) {
                throwByScript();
            }
        }
    }

    /** Whether no other implementation announces this, so that its listener cannot fail at it. */
    private boolean isKnownNotToHappen(EventType type, String key) {
        return type == EventType.REMOVED
                && world.translated().contains(KnownDifference.FAILING_LISTENER)
                && world.journal().step().hasNothingToRemove(key);
    }

    private void throwByScript() {
        if (world.script().listenerFails(world.journal().index())) {
            if (!world.translates(KnownDifference.FAILING_LISTENER)) {
                throw new IllegalStateException("scripted listener");
            }
            world.journal().spareFailure();
        }
    }

    private static Event recorded(EventType type, CacheEntryEvent<? extends String, ?> event) {
        EventType told = event.getEventType();
        if (told != type) {
            throw new AssertionError("Heard as " + type + ", but the event says " + told);
        }
        return new Event(
                type,
                event.getKey(),
                text(event.getValue()),
                event.isOldValueAvailable() ? text(event.getOldValue()) : null);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
