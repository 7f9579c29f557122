package io.coffer.store.log;

import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes and reads the headers of one store's segments, with their keys if it is encrypted. Safe for use by one thread at a time. */
final class SegmentHeaders {
    private final StoreIdentity identity;
    private final RandomGenerator random;
    private final @Nullable KeyRing ring;

    SegmentHeaders(StoreIdentity identity, RandomGenerator random, @Nullable KeyRing ring) {
        this.identity = identity;
        this.random = random;
        this.ring = ring;
    }

    /** How new segments are framed. */
    Suite suite() {
        return ring == null ? Suite.PLAIN : Suite.SEALED;
    }

    @Nullable
    KeyRing ring() {
        return ring;
    }

    /** Returns the header of a new segment. */
    SegmentHeader begin(SegmentKind kind, long id, long createdSequence, long nowMillis) throws IOException {
        var header = new SegmentHeader(
                kind,
                suite(),
                id,
                createdSequence,
                nowMillis,
                identity.tag(),
                random.nextInt(),
                ring == null ? 0 : ring.takeEpoch());
        if (ring == null) {
            return header;
        }
        var sealed = ring.derive(header, ring.newSalt());
        if (sealed == null) {
            throw new IllegalStateException("There is no key " + header.keyEpoch());
        }
        return sealed;
    }

    /** Reads the first bytes of a file. Those of a sealed segment must be made with the store's keys. */
    SegmentHeader decode(byte[] bytes, String file) throws DamagedFileException, NewerFormatException {
        var header = SegmentHeader.decode(bytes, file);
        if (header.suite() == Suite.PLAIN || ring == null || !header.isOf(identity.tag(), file)) {
            return header;
        }
        var sealed = ring.derive(header, SegmentHeader.keySalt(bytes));
        if (sealed == null || !sealed.requireSeal().commitment().equals(SegmentHeader.commitment(bytes))) {
            throw DamagedFileException.tampered(file, LogFormat.HEADER_BYTES);
        }
        return sealed;
    }

    /** Makes up a header that is damaged, from what the manifest says; null if there is no key for it. */
    @Nullable
    SegmentHeader of(ManifestLine line) {
        var seal = line.seal();
        var header = new SegmentHeader(
                line.kind(),
                line.suite(),
                line.id(),
                line.createdSequence(),
                seal == null ? identity.createdAtMillis() : seal.createdAtMillis(),
                identity.tag(),
                line.salt(),
                seal == null ? 0 : seal.keyEpoch());
        return seal == null ? header : ring == null ? null : ring.derive(header, seal.salt());
    }
}
