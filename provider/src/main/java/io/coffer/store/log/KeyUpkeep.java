package io.coffer.store.log;

import io.coffer.spi.StoreException;
import io.coffer.spi.StoreKeys;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Renews the keys of an open store, and destroys those that nothing needs any more. Guarded by the flush lock; takes the append lock for
 * moments.
 */
final class KeyUpkeep implements StoreKeys {
    private static final int NOBODYS_KEY_BYTES = 16;

    private final KeyRing ring;
    private final Renewal renewal;
    private final RandomGenerator random;
    private final Flusher flusher;
    private final Appender appender;
    private final SegmentTable segments;
    private final Sealer sealer;
    private final Compactor compactor;
    private final WriteGate gate;
    private final Fingerprints fingerprints;
    private final LogMessages messages;

    KeyUpkeep(
            KeyRing ring,
            Renewal renewal,
            RandomGenerator random,
            Flusher flusher,
            Appender appender,
            SegmentTable segments,
            Sealer sealer,
            Compactor compactor,
            WriteGate gate,
            Fingerprints fingerprints,
            LogMessages messages) {
        this.ring = ring;
        this.renewal = renewal;
        this.random = random;
        this.flusher = flusher;
        this.appender = appender;
        this.segments = segments;
        this.sealer = sealer;
        this.compactor = compactor;
        this.gate = gate;
        this.fingerprints = fingerprints;
        this.messages = messages;
    }

    @Override
    public String outerKeyId() {
        gate.requireOpen();
        return ring.outerKeyId();
    }

    @Override
    public void renewOuterKey() {
        gate.requireOpen();
        try {
            ring.renewOuterKey();
        } catch (IOException e) {
            throw renewalFailed(e);
        } catch (StoreException e) {
            throw messages.noKey("its outer key could not be renewed", e);
        }
    }

    @Override
    public void renewStoreKey() {
        flusher.lock.lock();
        try {
            gate.requireOpen();
            ring.renewStoreKey();
            appender.lock.lock();
            try {
                appender.retireHead();
            } finally {
                appender.lock.unlock();
            }
            sealer.writeManifest(List.of());
        } catch (IOException e) {
            throw renewalFailed(e);
        } finally {
            flusher.lock.unlock();
        }
    }

    private StoreException renewalFailed(IOException e) {
        return messages.failed("its keys could not be renewed", e);
    }

    @Override
    public int outdatedSegments() {
        return count(false);
    }

    @Override
    public int plainSegments() {
        return count(true);
    }

    private int count(boolean onlyPlain) {
        appender.lock.lock();
        try {
            gate.requireOpen();
            return (int) segments.all().stream()
                    .filter(segment ->
                            onlyPlain ? segment.header.suite() == Suite.PLAIN : ring.isOutdated(segment.header))
                    .count();
        } finally {
            appender.lock.unlock();
        }
    }

    /** Does what is to be done about keys, of a store in order. */
    void tidy() throws IOException {
        if (ring.erasesExpired() && epochs().contains(ring.activeEpoch())) {
            ring.renewStoreKey(); // from now on each segment has a key of its own, and soon all have
        }
        if (sealer.manifestEpoch() != ring.activeEpoch()) {
            sealer.writeManifest(List.of());
        }
        Collection<Integer> unneeded;
        appender.lock.lock();
        try {
            letHeadGo();
            var used = epochs();
            used.add(compactor.keyEpoch());
            used.add(sealer.manifestEpoch());
            unneeded = ring.unneeded(used);
        } finally {
            appender.lock.unlock();
        }
        ring.destroy(unneeded);
    }

    /** Lets what is durable be remembered outside of the folder. Called without locks. */
    void anchor() {
        ring.anchoring().proceed();
    }

    private Set<Integer> epochs() {
        var epochs = new HashSet<Integer>();
        appender.lock.lock();
        try {
            segments.all().forEach(segment -> epochs.add(segment.header.keyEpoch()));
        } finally {
            appender.lock.unlock();
        }
        return epochs;
    }

    /**
     * What is written to is not copied, and the newest sealed segment stays until there is a newer one. If one of these is all that is left
     * to be copied, and nobody writes, a removal of a key that nobody has is written, so that there is a newer one.
     */
    private void letHeadGo() throws IOException {
        var head = appender.headOrNull();
        if (head != null && renewal.isDue(head)) {
            appender.retireHead();
            return;
        }
        var due = segments.all().stream().filter(renewal::isDue).toList();
        boolean isStuck = due.size() == 1
                && due.get(0).isSealed()
                && !segments.dispensable().contains(due.get(0))
                && appender.retired().isEmpty();
        if (isStuck) {
            if (head == null) {
                var nobodys = new byte[NOBODYS_KEY_BYTES];
                random.nextBytes(nobodys);
                appender.appendRemoval(fingerprints.of(nobodys), nobodys);
            }
            appender.retireHead();
        }
    }

    /** Names the store, and no key. */
    @Override
    public String toString() {
        return ring.toString();
    }
}
