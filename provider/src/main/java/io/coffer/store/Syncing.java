package io.coffer.store;

import java.io.IOException;

/** Files that are being synced meanwhile; see {@link Files#beginSync}. */
@FunctionalInterface
public interface Syncing {
    /**
     * Waits until nothing is done any more. To be called once at least, before any of the files is written. An interrupt of the calling
     * thread does not stop it, and stays pending.
     *
     * @throws IOException if one of them could not be synced: then nothing of it may be trusted that was not synced before
     */
    void await() throws IOException;
}
