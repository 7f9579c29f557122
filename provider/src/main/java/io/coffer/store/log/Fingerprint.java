package io.coffer.store.log;

/**
 * What stands for a key in the index: 128 bits of a keyed hash, of which the index keeps 96. Two keys with one fingerprint in a store
 * of 100 million have a probability of 6e-14; the key that is read is compared all the same.
 *
 * @param head the first 64 bits, never 0, since an empty slot of the index is 0
 * @param rest the other 64 bits
 */
record Fingerprint(long head, long rest) {
    /** The bits of {@link #rest} that the index keeps beside the head. */
    int tail() {
        return (int) rest;
    }
}
