package io.coffer.store;

/** What may become of operations that were not synced when the power fails. */
public enum CrashMode {
    /**
     * As journalling file systems do it mostly: of the writes of a file some first ones are there, the last of them perhaps in
     * part; of the changes of names some first ones. Different files are independent of each other, and of the names.
     */
    ORDERED,

    /**
     * Anything that POSIX allows: each operation is there or not, a write also in parts, as zeros, or as garbage within its
     * bounds. Changes that concern the same name keep their order.
     */
    ADVERSARIAL
}
