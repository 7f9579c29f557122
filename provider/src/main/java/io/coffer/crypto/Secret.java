package io.coffer.crypto;

import java.io.Serializable;

/** A place that has one secret text. Safe for use by several threads; two are equal if they are the same place. */
interface Secret extends Serializable {
    /**
     * Reads what there is now; the caller wipes it.
     *
     * @throws io.coffer.spi.StoreException of kind KEY if there is nothing, naming the place
     */
    byte[] read();

    /** Names the place, for messages. */
    @Override
    String toString();
}
