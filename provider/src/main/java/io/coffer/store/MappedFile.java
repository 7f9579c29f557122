package io.coffer.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one file in memory: there a copy does what else takes a call of the operating system. Mapping is done by one thread at a
 * time. Who closes it knows that nobody uses any part any more.
 *
 * <p>Only Java 22 and later can let go of a mapping when the file is deleted, instead of when the garbage collector feels like it; and
 * Windows neither cuts nor deletes a mapped file. Elsewhere there are no mappings.
 */
final class MappedFile implements AutoCloseable {
    private static final int FIRST_JAVA = 22;

    private static final System.Logger LOG = System.getLogger(MappedFile.class.getName());

    private static final @Nullable Calls CALLS = Calls.find();

    private final Calls calls;
    private final AutoCloseable arena;

    private MappedFile(Calls calls) throws IOException {
        this.calls = calls;
        arena = calls.newArena();
    }

    /** What the JDK can do about memory, which the one that this is compiled for cannot yet. */
    private record Calls(MethodHandle ofShared, MethodHandle map, MethodHandle asByteBuffer) {
        static @Nullable Calls find() {
            if (Runtime.version().feature() < FIRST_JAVA || java.io.File.separatorChar != '/') {
                return null;
            }
            try {
                var arena = Class.forName("java.lang.foreign.Arena");
                var memory = Class.forName("java.lang.foreign.MemorySegment");
                var lookup = MethodHandles.publicLookup();
                return new Calls(
                        lookup.findStatic(arena, "ofShared", MethodType.methodType(arena))
                                .asType(MethodType.methodType(AutoCloseable.class)),
                        lookup.findVirtual(
                                        FileChannel.class,
                                        "map",
                                        MethodType.methodType(
                                                memory, FileChannel.MapMode.class, long.class, long.class, arena))
                                .asType(MethodType.methodType(
                                        Object.class,
                                        FileChannel.class,
                                        FileChannel.MapMode.class,
                                        long.class,
                                        long.class,
                                        AutoCloseable.class)),
                        lookup.findVirtual(memory, "asByteBuffer", MethodType.methodType(ByteBuffer.class))
                                .asType(MethodType.methodType(ByteBuffer.class, Object.class)));
            } catch (ReflectiveOperationException e) {
                LOG.log(Level.DEBUG, "Files are not mapped: this JDK does it in another way", e);
                return null;
            }
        }

        AutoCloseable newArena() throws IOException {
            return (AutoCloseable) of(() -> (AutoCloseable) ofShared.invokeExact());
        }

        ByteBuffer map(FileChannel channel, FileChannel.MapMode mode, long position, long size, AutoCloseable arena)
                throws IOException {
            return (ByteBuffer) of(() -> {
                Object memory = map.invokeExact(channel, mode, position, size, arena);
                return (ByteBuffer) asByteBuffer.invokeExact(memory);
            });
        }

        @FunctionalInterface
        private interface Call {
            Object run() throws Throwable;
        }

        /** Too little address space or too many mappings is an OutOfMemoryError, though of the heap there may be enough. */
        private static Object of(Call call) throws IOException {
            try {
                return call.run();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (OutOfMemoryError e) {
                throw new IOException("No more memory can be mapped", e);
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }
    }

    /** Whether files can be mapped here. */
    static boolean isPossible() {
        return CALLS != null;
    }

    /** Returns one without a part, null if files cannot be mapped here. */
    static @Nullable MappedFile open() throws IOException {
        return CALLS == null ? null : new MappedFile(CALLS);
    }

    /** Maps a part of a file, all of which must exist. An interrupt closes the channel. */
    ByteBuffer map(FileChannel channel, FileChannel.MapMode mode, long position, long size) throws IOException {
        return calls.map(channel, mode, position, size, arena);
    }

    /** Lets go of all parts. */
    @Override
    public void close() throws IOException {
        try {
            arena.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
