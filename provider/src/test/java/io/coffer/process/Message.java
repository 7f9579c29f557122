package io.coffer.process;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a process tells of its calls to the one that kills it. A message goes out in one call of the operating system, so it arrives
 * whole or not at all, and after all that were sent before.
 *
 * @param thread whose call it is
 * @param index which of the thread's calls
 * @param changed for a touch whether there was an entry; else true
 */
record Message(Kind kind, int thread, int index, boolean changed) {
    private static final int BYTES = 2 + Integer.BYTES + 1;

    /** What has happened. */
    enum Kind {
        /** The process is about to open the store. */
        OPENING,
        /** It is about to clear. */
        CLEARING,
        /** A call has returned. */
        DONE
    }

    void send(OutputStream pipe) throws IOException {
        pipe.write(ByteBuffer.allocate(BYTES)
                .put((byte) kind.ordinal())
                .put((byte) thread)
                .putInt(index)
                .put((byte) (changed ? 1 : 0))
                .array());
    }

    /** Returns the next message, or null at the end. */
    static @Nullable Message receive(DataInputStream pipe) throws IOException {
        var bytes = pipe.readNBytes(BYTES);
        if (bytes.length == 0) {
            return null;
        }
        if (bytes.length < BYTES) {
            throw new EOFException("Half a message");
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new Message(Kind.values()[buffer.get()], buffer.get(), buffer.getInt(), buffer.get() != 0);
    }
}
