package io.coffer.expiry;

/** Calls the sweeps of some caches from time to time. Safe for use by several threads. */
public interface Sweeper {

    /** Calls a sweep again and again from now on. */
    void add(Runnable sweep);

    /** Calls a sweep no more; one that is running may still end after this. */
    void remove(Runnable sweep);
}
