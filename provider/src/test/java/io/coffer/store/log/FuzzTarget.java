package io.coffer.store.log;

import io.coffer.codec.JavaCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.cache.CacheException;

/**
 * A reader of bytes that anybody may have changed, and what must be true of it whatever they are: it accepts or refuses them as
 * documented, what it accepts it would write the same way, and it takes no more memory than they justify.
 *
 * <p>The first byte of an input is no part of the bytes. If it is odd, their checksums are made right before they are read: no search
 * would find right ones. Of an encrypted store, what is to be encrypted is, with the right keys: so what lies behind the seal is reached.
 */
enum FuzzTarget {
    RECORDS(1, FuzzRecords.PLAIN::check),
    SEGMENT_HEADER(1, bytes -> {
        var decoded = SegmentHeader.decode(bytes, "file").encode();
        FuzzFiles.requireSameHead(Arrays.copyOf(bytes, LogFormat.HEADER_BYTES), decoded);
        return true;
    }),
    MANIFEST(1, bytes -> {
        FuzzFiles.requireSame(bytes, Manifest.decode(bytes, "file").encode());
        return true;
    }),
    STORE(1, bytes -> {
        FuzzFiles.requireSame(bytes, StoreIdentity.decode(bytes, "file").encode());
        return true;
    }),
    HINTS(1, FuzzHints.PLAIN::check),
    DIRECTORY(64, FuzzDirectory::check),
    KEYS(1, FuzzSealed::checkKeys),
    /** What the root key has opened. */
    KEYS_BODY(1, FuzzSealed::checkKeysBody),
    SEALED_HEADER(1, FuzzSealed::checkHeader),
    SEALED_RECORDS(
            1, new FuzzRecords(FuzzSealed.framing(), FuzzSealed.RECORDS_AT, new int[] {24, 100, 1 << 16})::check),
    SEALED_MANIFEST(1, FuzzSealed::checkManifest),
    SEALED_HINTS(1, new FuzzHints(FuzzSealed.FOUND, FuzzSealed.bytes(FuzzSealed.FOUND.file()))::check),
    SEALED_DIRECTORY(64, FuzzDirectory::checkSealed),
    JAVA_CODEC(1, FuzzTarget::checkCodec);

    /** For each byte of the input. */
    private static final int BYTES_PER_BYTE = 256;

    private static final JavaCodec<Object> CODEC = JavaCodec.filtered(List.of());

    /** Reads bytes. */
    @FunctionalInterface
    interface Check {
        /** Returns whether they were accepted; if not, it may throw what is documented instead. */
        boolean accepts(byte[] bytes) throws IOException, DamagedFileException, NewerFormatException;
    }

    private final int mebibytes;
    private final Check check;

    FuzzTarget(int mebibytes, Check check) {
        this.mebibytes = mebibytes;
        this.check = check;
    }

    /**
     * Reads an input, and returns whether it was accepted.
     *
     * @throws AssertionError if something is not as it must be; so is every other exception
     */
    boolean accepts(byte[] input) {
        if (input.length == 0) {
            return false;
        }
        var bytes = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] % 2 != 0) {
            reseal(bytes);
        }
        long before = allocatedBytes();
        boolean accepted = acceptsResealed(bytes);
        if (isTooMuch(allocatedBytes() - before, bytes)) {
            before = allocatedBytes(); // once more: the first time, classes are loaded
            acceptsResealed(bytes);
            long taken = allocatedBytes() - before;
            if (isTooMuch(taken, bytes)) {
                throw new AssertionError(this + ": " + taken + " bytes were allocated for " + bytes.length);
            }
        }
        return accepted;
    }

    private boolean acceptsResealed(byte[] bytes) {
        try {
            return check.accepts(bytes);
        } catch (DamagedFileException | NewerFormatException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(this + ": nothing has failed but an IOException is thrown", e);
        }
    }

    private boolean isTooMuch(long taken, byte[] bytes) {
        return taken > ((long) mebibytes << 20) + (long) BYTES_PER_BYTE * bytes.length;
    }

    private void reseal(byte[] bytes) {
        switch (this) {
            case RECORDS -> FuzzFiles.resealSegment(ByteBuffer.wrap(bytes), FuzzRecords.SALT);
            case SEGMENT_HEADER -> FuzzFiles.resealHead(ByteBuffer.wrap(bytes));
            case MANIFEST, STORE, HINTS, KEYS -> FuzzFiles.resealWhole(ByteBuffer.wrap(bytes));
            case DIRECTORY -> FuzzDirectory.reseal(bytes);
            case SEALED_HEADER -> FuzzSealed.resealHeader(ByteBuffer.wrap(bytes));
            case SEALED_RECORDS -> FuzzSealed.resealRecords(ByteBuffer.wrap(bytes), FuzzSealed.FOUND.header());
            case SEALED_MANIFEST -> FuzzSealed.resealManifest(ByteBuffer.wrap(bytes));
            case SEALED_HINTS -> FuzzSealed.resealHints(ByteBuffer.wrap(bytes));
            case SEALED_DIRECTORY -> FuzzDirectory.resealSealed(bytes);
            case KEYS_BODY -> {} // is encrypted as a whole
            case JAVA_CODEC -> {} // has no checksum
        }
    }

    private static boolean checkCodec(byte[] bytes) {
        Object value;
        try {
            value = CODEC.decode(bytes, FuzzTarget.class.getClassLoader());
        } catch (CacheException e) {
            return false;
        }
        // What Java serialization has read it need not write in the same way.
        boolean isSerialized = bytes[0] == (byte) 0xAC;
        if (!isSerialized && !Arrays.equals(CODEC.encode(value), bytes)) {
            throw new AssertionError("A " + value.getClass() + " has two encodings");
        }
        return true;
    }

    private static long allocatedBytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
