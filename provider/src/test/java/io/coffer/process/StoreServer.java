package io.coffer.process;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A process that opens a store and does to it what its parent says. See {@link RemoteStore}. */
public final class StoreServer {
    /** What the parent may say. */
    enum Call {
        WRITE,
        READ,
        REMOVE,
        INVALIDATE,
        CLEAR,
        SIZE,
        CLOSE
    }

    private final DataInputStream in;
    private final DataOutputStream out;

    private StoreServer(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Arguments: the storage's class, the durability, the folder, and who opens it. Answers each call; ends with its input. */
    public static void main(String[] arguments) throws IOException {
        var server = new StoreServer(
                new DataInputStream(new BufferedInputStream(System.in)),
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))));
        EntryStore store;
        try {
            store = Stores.open(
                    arguments[0],
                    Stores.options(Path.of(arguments[2]), Durability.valueOf(arguments[1]), arguments[3]));
        } catch (StoreException e) {
            server.refuse(e);
            return;
        }
        server.out.writeBoolean(true);
        server.out.flush();
        for (int call = server.in.read(); call >= 0; call = server.in.read()) {
            try {
                server.answer(store, Call.values()[call]);
            } catch (StoreException e) {
                server.refuse(e);
            }
        }
    }

    private void refuse(StoreException e) throws IOException {
        out.writeBoolean(false);
        out.writeUTF(e.kind().name());
        out.writeUTF(String.valueOf(e.getMessage()));
        out.flush();
    }

    private void answer(EntryStore store, Call call) throws IOException {
        switch (call) {
            case WRITE -> {
                long stamp = store.write(bytes(), EntryStore.ANY, bytes(), in.readLong());
                accept().writeBoolean(stamp != EntryStore.LOST);
            }
            case READ -> {
                var entry = store.read(bytes());
                accept().writeInt(entry == null ? -1 : entry.value().length);
                out.write(entry == null ? new byte[0] : entry.value());
            }
            case REMOVE -> {
                boolean removed = store.remove(bytes(), EntryStore.ANY);
                accept().writeBoolean(removed);
            }
            case INVALIDATE -> {
                store.invalidate(bytes());
                accept();
            }
            case CLEAR -> {
                store.clear();
                accept();
            }
            case SIZE -> {
                long size = store.size();
                accept().writeLong(size);
            }
            case CLOSE -> {
                store.close();
                accept();
            }
        }
        out.flush();
    }

    private DataOutputStream accept() throws IOException {
        out.writeBoolean(true);
        return out;
    }

    private byte[] bytes() throws IOException {
        return in.readNBytes(in.readInt());
    }
}
