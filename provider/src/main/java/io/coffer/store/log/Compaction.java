package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One compaction: what is alive in some sealed segments, the victims, is copied into one new segment, with its sequence numbers and the
 * deadlines it has now; so are records that hide older ones, as long as the {@link VanishRule} wants them. Then the index is told. The
 * victims hold nothing that is needed then, and are dropped as every such segment. Guarded by the flush lock.
 *
 * <p>Until the new segment is sealed nobody knows of it: a crash, or {@link #abort}, leaves everything as it was. Writers go on meanwhile
 * and wait for nothing but moments of the append lock: a record is moved only if the index still points where it was copied from.
 *
 * <p>What was dead when it was looked at stays dead: an older version never becomes the one that counts again, since the change that
 * replaced it is synced before the victims go, or else the key gets a tombstone that is (see {@link TailLoss}).
 */
final class Compaction {
    private static final int WINDOW_BYTES = 1 << 18;
    /** So many slots are moved at once while writers wait. */
    private static final int BATCH = 256;

    private final List<Segment> victims;
    private final VanishRule rule;
    private final CompactedOutput output;
    private final Index index;
    private final Warming warming;
    private final RecordBatch batch;
    private final StoreClock clock;
    private final ExpiryWatch expiry;
    /** How much of what was used lately is kept; what is alive beside it leaves the disk. All, if this only compacts. */
    private long keptBytes;

    private final boolean evicts;
    private final List<Relocation> relocations = new ArrayList<>();
    private final int stripe = Stripe.ofThread();
    private int next;
    private long evicted;
    private @Nullable SegmentScan scan;
    private @Nullable Relocation relocation;

    /**
     * Begins.
     *
     * @param rule for all victims together, made when nothing that could hide their records was unsynced
     * @param output an empty one
     * @param evicts whether entries leave the disk that were not read lately, and half of the bytes in any case
     */
    Compaction(
            List<Segment> victims,
            VanishRule rule,
            CompactedOutput output,
            Index index,
            Fingerprints fingerprints,
            StoreClock clock,
            ExpiryWatch expiry,
            boolean evicts) {
        this.victims = victims;
        this.rule = rule;
        this.output = output;
        this.index = index;
        this.warming = new Warming(index);
        this.batch = new RecordBatch(warming, fingerprints);
        this.clock = clock;
        this.expiry = expiry;
        this.evicts = evicts;
        this.keptBytes = victims.stream().mapToLong(victim -> victim.end).sum() / 2;
    }

    /**
     * Copies a piece. Returns false when everything is copied.
     *
     * @param bytes about how much to read
     * @throws VictimDamagedException if a victim cannot be read; it stays, and so does all else
     */
    boolean copy(int bytes) throws IOException, VictimDamagedException {
        long left = bytes;
        while (left > 0 && next < victims.size()) {
            var victim = victims.get(next);
            if (!victim.reader.acquire(stripe)) {
                end(); // dropped meanwhile: nothing in it was needed any more
                continue;
            }
            try {
                left -= copy(victim, left);
            } finally {
                victim.reader.release(stripe);
            }
        }
        return next < victims.size();
    }

    private void end() {
        if (relocation != null) {
            relocations.add(relocation);
        }
        relocation = null;
        scan = null;
        next++;
    }

    private long copy(Segment victim, long bytes) throws IOException, VictimDamagedException {
        var records = scan == null ? begin(victim) : scan;
        scan = records;
        var moving = relocation == null ? new Relocation(victim) : relocation;
        relocation = moving;
        long read = 0;
        while (read < bytes) {
            switch (records.next()) {
                case RECORD -> {
                    batch.take(records);
                    for (int i = 0; i < batch.count(); i++) {
                        take(victim, moving, batch.record(i), batch.print(i), batch.offset(i));
                        read += batch.record(i).frameBytes();
                    }
                }
                case END -> {
                    end();
                    return read;
                }
                case DAMAGE, BLANK -> throw new VictimDamagedException(victim, records.offset());
            }
        }
        return read;
    }

    private static SegmentScan begin(Segment victim) {
        return new SegmentScan(
                (target, offset) -> read(victim, target, offset),
                victim.framing,
                victim.header.suite().headerBytes,
                victim.end,
                WINDOW_BYTES);
    }

    private static void read(Segment victim, ByteBuffer target, long offset) throws IOException {
        victim.reader.read(target, offset);
        while (target.hasRemaining()) {
            target.put((byte) 0); // somebody has cut the file: no record
        }
    }

    private void take(Segment victim, Relocation moving, LogRecord record, Fingerprint print, long offset)
            throws IOException {
        switch (record.type()) {
            case PUT -> takePut(victim, moving, record, print, offset);
            case REMOVE, CLEAR, TOUCH -> {
                if (!rule.mayVanish(record.sequence())) {
                    output.copy(record, print, false, record.expiresAtMillis());
                }
            }
            case SYNC, FOOTER -> {}
        }
    }

    private void takePut(Segment victim, Relocation moving, LogRecord record, Fingerprint fingerprint, long offset)
            throws IOException {
        long here = Location.of(victim.number, offset, record.frameBytes());
        var slot = index.find(fingerprint);
        if (slot == null || slot.location() != here) {
            buryIfNeeded(record, fingerprint, record.shadow());
            return;
        }
        long deadline = slot.expiresAtMillis() == Slot.FAR ? record.expiresAtMillis() : slot.expiresAtMillis();
        // One that was made to expire earlier hides what it has replaced, as if it had been written so.
        boolean shadow = record.shadow() || deadline < record.expiresAtMillis();
        if (mayLeave(deadline)) {
            moving.add(fingerprint, here, Location.NONE);
            buryIfNeeded(record, fingerprint, shadow);
        } else if (evicts && !isKept(victim, record, offset)) {
            moving.add(fingerprint, here, Location.NONE);
            buryIfNeeded(record, fingerprint, true);
        } else {
            moving.add(fingerprint, here, output.copy(record, fingerprint, shadow, deadline));
        }
    }

    private boolean isKept(Segment victim, LogRecord record, long offset) {
        var used = victim.used;
        if (used == null || !used.contains(offset) || record.frameBytes() > keptBytes) {
            return false;
        }
        keptBytes -= record.frameBytes();
        return true;
    }

    /** Whether an entry has expired and nobody wants to see it first. */
    private boolean mayLeave(long deadline) {
        return deadline <= clock.millis() && expiry.mayDrop(deadline);
    }

    private void buryIfNeeded(LogRecord record, Fingerprint print, boolean shadow) throws IOException {
        if (shadow && !rule.mayVanish(record.sequence())) {
            output.bury(record, print, clock.millis());
        }
    }

    /** Seals the new segment; null if there was nothing to keep. */
    @Nullable
    Segment seal() throws IOException {
        return output.isEmpty() ? null : output.seal(clock.millis());
    }

    /** How many entries have left the disk though they had not expired. */
    long evicted() {
        return evicted;
    }

    /** Which key the new file is encrypted with. */
    int keyEpoch() {
        return output.keyEpoch();
    }

    /** How long the new file is. */
    int bytes() {
        return output.bytes();
    }

    /** Gives up: nothing has changed. */
    void abort(Leftovers leftovers) {
        output.discard(leftovers);
    }

    /** Lets the index point at the new segment, wherever it still points at what was copied. */
    void publish(@Nullable Segment target, SegmentTable segments, ReentrantLock appendLock) {
        appendLock.lock();
        try {
            if (target != null) {
                target.filling = true;
                segments.add(target);
                relocations.forEach(each -> each.victim.moved = each.moved(target));
            }
        } finally {
            appendLock.unlock();
        }
        for (var each : relocations) {
            for (int from = 0; from < each.count(); from += BATCH) {
                int to = Math.min(from + BATCH, each.count());
                each.warm(from, to, warming);
                appendLock.lock();
                try {
                    publish(each, from, to, target, segments);
                } finally {
                    appendLock.unlock();
                }
            }
        }
        appendLock.lock();
        try {
            if (target != null) {
                target.filling = false;
            }
            for (var victim : victims) {
                victim.shadows = victim.live == 0 ? Shadows.NONE : victim.shadows;
            }
        } finally {
            appendLock.unlock();
        }
    }

    private void publish(Relocation moving, int from, int to, @Nullable Segment target, SegmentTable segments) {
        for (int i = from; i < to; i++) {
            var fingerprint = moving.fingerprint(i);
            long old = moving.from(i);
            var slot = index.find(fingerprint);
            if (slot == null || slot.location() != old) {
                continue;
            }
            if (target != null && moving.to(i) != Location.NONE) {
                index.replaceIf(fingerprint, old, moving.to(i));
                segments.lose(old);
                segments.gain(moving.to(i));
                target.latestDeadline = Math.max(target.latestDeadline, slot.expiresAtMillis());
            } else if (evicts || mayLeave(slot.expiresAtMillis())) {
                index.remove(fingerprint);
                segments.lose(old);
                evicted += slot.expiresAtMillis() > clock.millis() ? 1 : 0;
            }
        }
    }
}
