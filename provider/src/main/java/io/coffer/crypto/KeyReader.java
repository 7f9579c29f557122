package io.coffer.crypto;

import java.io.Serializable;
import java.util.List;

/**
 * Where keys or passphrases are from. Reads them anew at each call, so that they can be exchanged while a store is open. Safe for use by
 * several threads; two are equal if they read the same place.
 */
interface KeyReader extends Serializable {

    /**
     * Reads what there is now: the first is for new wrapping, the others for unwrapping alone.
     *
     * @return new arrays, which the caller wipes; at least one
     * @throws io.coffer.spi.StoreException of kind KEY if there is none, naming the place
     */
    List<byte[]> read();

    /** Names the place, for messages. */
    @Override
    String toString();
}
