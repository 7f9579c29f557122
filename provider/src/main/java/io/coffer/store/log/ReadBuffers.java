package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What records are read with, one for each place of threads. Not one for each thread: there may be a million virtual ones. Safe for use
 * by several threads.
 */
final class ReadBuffers {
    /** Longer records are read in pieces of this length. */
    static final int BYTES_MAX = 64 << 10;

    private static final int BYTES_MIN = 4 << 10;
    private static final int LINE = 32;

    private final AtomicReferenceArray<Place> idle = new AtomicReferenceArray<>(Stripe.COUNT * LINE);

    /** Returns what belongs to the caller until {@link #give}. */
    Place take(int stripe) {
        var place = idle.getAndSet(stripe * LINE, null);
        return place == null ? new Place() : place;
    }

    /** Gives it back, without what was decrypted in it. */
    void give(int stripe, Place place) {
        place.wipe();
        idle.setRelease(stripe * LINE, place);
    }

    /** Bytes as they lie on disk, and what becomes of them. What is returned has in it what was there before. For one thread at a time. */
    static final class Place {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        /** Outside the heap, where the operating system writes to at once. */
        private ByteBuffer onDisk = NOTHING;

        private byte[] sealed = {};
        private ByteBuffer opened = NOTHING;
        private final byte[] associated = new byte[SegmentSeal.ASSOCIATED_BYTES];

        private Place() {}

        /** Returns an empty buffer whose limit is the length, at most {@link #BYTES_MAX}. */
        ByteBuffer onDisk(int length) {
            if (onDisk.capacity() < length) {
                onDisk = ByteBuffer.allocateDirect(roomFor(length));
            }
            return onDisk.clear().limit(length);
        }

        /** Returns an array for so many encrypted bytes at least. */
        byte[] sealed(int length) {
            if (sealed.length < length) {
                sealed = new byte[roomFor(length)];
            }
            return sealed;
        }

        /** Returns an array for what is associated with an encrypted record. */
        byte[] associated() {
            return associated;
        }

        /** Returns a buffer on the heap for so many decrypted bytes. */
        ByteBuffer opened(int length) {
            if (opened.capacity() < length) {
                opened = ByteBuffer.allocate(roomFor(length));
            }
            return opened.clear().limit(length);
        }

        /** Who looks into memory later finds there no more than in what has become garbage. */
        private void wipe() {
            Arrays.fill(opened.array(), 0, opened.limit(), (byte) 0);
            opened.limit(0);
        }

        private static int roomFor(int length) {
            return Integer.highestOneBit(Math.max(length, BYTES_MIN) - 1) << 1;
        }
    }
}
