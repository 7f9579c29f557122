package io.coffer.spi;

/**
 * Remembers, outside of the folders of encrypted stores, how far these have come, so that a folder that was put back as it was before is told
 * from the newest one: nothing within a folder can tell that. A row in a database, a counter of a TPM, an entry of a key service;
 * wherever who can write to the folders cannot write.
 *
 * <p>What is remembered are counters: numbers that only rise. A store has two, one for its file {@code KEYS} and one for its file {@code
 * MANIFEST}, whose names begin with the store's random id. The numbers themselves are in those files, authenticated. They rise when the files
 * are written anew: docs/threat-model.md says when that is, and so what is noticed and what is not.
 *
 * <p>{@link #remembered} is called when a store is opened, and refuses it if it throws, or if the folder has less; and again while it is open, if
 * {@link Recovery#SALVAGE} has opened it without an answer. {@link #advance} is called
 * when something has become durable: when the store was opened, at most once a second beside all other work while it is open, and when it is closed. It is
 * never called for an entry, and no lock of the store is held meanwhile; but opening and closing wait for both, so each call must bound its own
 * waiting and then throw: nobody interrupts it, only the log says after five seconds who is waited for. What {@code advance} throws is logged, and it is tried again; until then somebody may put back what is not remembered yet.
 *
 * <p>The folder is always written first, so a process that dies and a power failure leave no folder that has less than is remembered; nor does an anchor that
 * fails or that has forgotten. An anchor that knows nothing of a store takes it as it is, with one warning if it is not new.
 *
 * <p>Must be safe for use by several threads, and by all processes that open the stores one after the other.
 */
public interface RollbackAnchor {
    /**
     * Returns the greatest number that a counter was ever advanced to, 0 if it never was.
     *
     * @param counter its name: at most 100 characters, letters of ASCII, digits, {@code -} and dots; never null
     * @throws RuntimeException if that is not known now; the store is then not opened, but by {@link Recovery#SALVAGE}
     */
    long remembered(String counter);

    /**
     * Remembers a number, for ever: when this has returned, {@link #remembered} returns it or a greater one. A number that is less than what is
     * remembered changes nothing.
     *
     * @param counter its name, as above; never null
     * @param number more than 0
     * @throws RuntimeException if it could not be remembered
     */
    void advance(String counter, long number);
}
