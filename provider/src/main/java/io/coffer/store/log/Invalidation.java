package io.coffer.store.log;

import io.coffer.spi.StoreException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes keys absent whatever the disk says: at once in the index, and on disk now or as soon as it accepts anything. */
final class Invalidation {
    private final WriteGate gate;
    private final Appender appender;
    private final Changes changes;
    private final Tombstones tombstones;
    private final LogMessages messages;

    Invalidation(WriteGate gate, Appender appender, Changes changes, Tombstones tombstones, LogMessages messages) {
        this.gate = gate;
        this.appender = appender;
        this.changes = changes;
        this.tombstones = tombstones;
        this.messages = messages;
    }

    /** Returns the segment at whose end the tombstone stands, or null if it is still to be written. */
    @Nullable
    Segment invalidate(Fingerprint fingerprint, byte[] key) {
        try {
            gate.enter(true, appender.tombstoneBytes(key));
        } catch (StoreException e) {
            messages.debug("a removal cannot be written yet", e);
            postpone(fingerprint, key);
            return null;
        }
        try {
            changes.forget(fingerprint);
            appender.appendRemoval(fingerprint, key); // be it known or not
            gate.succeeded(true);
            return appender.head();
        } catch (IOException e) {
            messages.debug("a removal cannot be written yet", gate.failed("a removal could not be written", e));
            tombstones.postpone(key);
            return null;
        } finally {
            gate.exit();
        }
    }

    private void postpone(Fingerprint fingerprint, byte[] key) {
        appender.lock.lock();
        try {
            gate.requireOpen();
            changes.forget(fingerprint);
            tombstones.postpone(key);
        } finally {
            appender.lock.unlock();
        }
    }
}
