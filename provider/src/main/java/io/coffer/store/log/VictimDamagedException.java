package io.coffer.store.log;

/** A segment cannot be compacted, since it holds bytes that are no record. */
final class VictimDamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    final transient Segment victim;
    final long offset;

    VictimDamagedException(Segment victim, long offset) {
        super(victim.name + " holds no valid record at offset " + offset);
        this.victim = victim;
        this.offset = offset;
    }
}
