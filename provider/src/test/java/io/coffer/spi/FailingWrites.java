package io.coffer.spi;

/** Lets what a store writes fail, for {@link EntryStoreContract}: a disk that is full, a connection that is cut. */
public interface FailingWrites {
    /** Returns what the store has to say of it. */
    StoreException.Kind kind();

    /** Lets everything that the store writes fail from now on. */
    void begin();

    /** Lets it succeed again. */
    void end();
}
