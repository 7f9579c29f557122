package io.coffer.lock;

import org.jspecify.annotations.Nullable;

/** Something that at most one thread holds and others wait for: the lock of a key, or the turn of an event. */
public interface Owned {

    /** Returns the thread that holds it, or null when nobody does. May be out of date unless that thread is waiting. */
    @Nullable
    Thread owner();
}
