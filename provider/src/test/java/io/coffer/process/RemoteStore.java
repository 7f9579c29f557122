package io.coffer.process;

import io.coffer.spi.Durability;
import io.coffer.spi.StoreException;
import io.coffer.store.ChildJvm;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that another process has open: the part of {@code EntryStore} that tests call there. For one thread. */
final class RemoteStore implements AutoCloseable {
    private final ChildJvm process;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RemoteStore(ChildJvm process) {
        this.process = process;
        in = new DataInputStream(new BufferedInputStream(process.output()));
        out = new DataOutputStream(new BufferedOutputStream(process.input()));
    }

    /**
     * Opens a store in a process of its own.
     *
     * @param before a command that runs its arguments, or nothing
     * @param errors where the process logs to
     * @throws StoreException if the store cannot be opened, as the other process says
     */
    static RemoteStore open(List<String> before, Path errors, String storage, Path folder, String holder)
            throws IOException {
        var store = new RemoteStore(ChildJvm.start(
                before,
                ProcessBuilder.Redirect.appendTo(errors.toFile()),
                StoreServer.class,
                List.of(storage, Durability.INTERVAL.name(), folder.toString(), holder)));
        boolean opened = false;
        try {
            store.requireDone();
            opened = true;
            return store;
        } finally {
            if (!opened) {
                store.kill();
            }
        }
    }

    long pid() {
        return process.pid();
    }

    boolean write(byte[] key, byte[] value, long expiresAtMillis) throws IOException {
        call(StoreServer.Call.WRITE, key, value);
        out.writeLong(expiresAtMillis);
        requireDone();
        return in.readBoolean();
    }

    byte @Nullable [] read(byte[] key) throws IOException {
        call(StoreServer.Call.READ, key);
        requireDone();
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    boolean remove(byte[] key) throws IOException {
        call(StoreServer.Call.REMOVE, key);
        requireDone();
        return in.readBoolean();
    }

    void invalidate(byte[] key) throws IOException {
        call(StoreServer.Call.INVALIDATE, key);
        requireDone();
    }

    void clear() throws IOException {
        call(StoreServer.Call.CLEAR);
        requireDone();
    }

    long size() throws IOException {
        call(StoreServer.Call.SIZE);
        requireDone();
        return in.readLong();
    }

    /** Closes the store, while the process goes on. */
    void closeStore() throws IOException {
        call(StoreServer.Call.CLOSE);
        requireDone();
    }

    /** Ends the process as {@code kill -9} does; the store is not closed. */
    void kill() {
        process.kill();
    }

    /** Ends the process by the end of its input; the store is not closed unless it was before. */
    @Override
    public void close() throws IOException {
        process.close();
    }

    private void call(StoreServer.Call call, byte[]... arrays) throws IOException {
        out.write(call.ordinal());
        for (var each : arrays) {
            out.writeInt(each.length);
            out.write(each);
        }
    }

    private void requireDone() throws IOException {
        out.flush();
        if (!in.readBoolean()) {
            throw new StoreException(StoreException.Kind.valueOf(in.readUTF()), in.readUTF());
        }
    }
}
