package io.coffer.store.log;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import java.lang.System.Logger.Level;

/**
 * What opening a store finds damaged or missing. Refuses at once if the store is to be opened strictly; else counts, warns once for each
 * file, and remembers what may have been hidden by what is lost.
 */
final class Losses {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final Recovery recovery;
    private final String store;
    private long records;
    private long hiddenSequence;

    /**
     * Begins without any.
     *
     * @param store names the store, at the beginning of a sentence
     */
    Losses(Recovery recovery, String store) {
        this.recovery = recovery;
        this.store = store;
    }

    /** Whether everything that can be read is wanted, also what lost records may have replaced. */
    boolean isSalvage() {
        return recovery == Recovery.SALVAGE;
    }

    /** Whether hints may stand in for records, so that rot is found when an entry is read, and not now. */
    boolean trustsHints() {
        return recovery == Recovery.POINT_IN_TIME;
    }

    /**
     * Something is lost that no crash explains.
     *
     * @param what names the file and what is wrong with it
     * @throws StoreException if the store is to be opened strictly
     */
    void expectWanted(String what) {
        if (recovery == Recovery.STRICT) {
            throw new StoreException(
                    Kind.DAMAGED,
                    store + " is damaged: " + what
                            + ". Expected: all that was written, as \"recovery\": \"strict\" says. Set \"pointInTime\" to open it"
                            + " without what is lost and all that is older, or \"salvage\" to take what can be read."
                            + " Nothing was changed.");
        }
    }

    /**
     * Something is not what was written though no chance makes that.
     *
     * @throws StoreException if it is to be opened in any way but by salvage
     */
    void expectUntouched(DamagedFileException found) {
        if (found.isTampered()) {
            expectUntouched(String.valueOf(found.getMessage()));
        }
    }

    /** As {@link #expectUntouched(DamagedFileException)}. */
    void expectUntouched(String what) {
        if (!isSalvage()) {
            throw new StoreException(
                    Kind.TAMPERED,
                    store + " was tampered with: " + what
                            + (what.endsWith(".") ? "" : ".")
                            + " Put back a copy of the whole folder, or set \"recovery\": \"salvage\" to take what can be"
                            + " read. Nothing was changed.");
        }
    }

    /** Counts the lost records of a file and warns of them; may be called only after {@link #expectWanted}. */
    void note(String what, long lostRecords) {
        records += lostRecords;
        LOG.log(
                Level.WARNING,
                store + " is damaged: " + what + ". Records lost: "
                        + lostRecords
                        + ". It opens without them"
                        + (isSalvage()
                                ? "; what they had replaced may be there again."
                                : " and without what is older."));
    }

    /** Says that a change with this sequence number is lost, which may have replaced or removed anything older. */
    void hide(long sequence) {
        if (!isSalvage()) {
            hiddenSequence = Math.max(hiddenSequence, sequence);
        }
    }

    /** The greatest sequence number of a change that is lost; 0 if none is, or nobody minds. */
    long hiddenSequence() {
        return hiddenSequence;
    }

    long records() {
        return records;
    }
}
