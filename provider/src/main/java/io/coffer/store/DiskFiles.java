package io.coffer.store;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A directory on disk. It exists and is locked from {@link #open} to {@link #close}. */
public final class DiskFiles implements Files {
    /** Less is not worth a thread. */
    private static final long SYNC_BYTES_MIN = 1 << 20;

    /** Windows does not open directories; its names are durable in its own way. */
    private static final boolean DIRECTORIES_CAN_BE_SYNCED = File.separatorChar == '/';

    private static final System.Logger LOG = System.getLogger(DiskFiles.class.getName());

    private final Path directory;
    private final DirectoryLock lock;
    private final DiskNames names;
    private volatile boolean closed;

    private DiskFiles(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
        names = new DiskNames(directory);
    }

    /**
     * Opens a directory as its only owner. What is missing of the path is made, for its owner only, and synced; what exists is
     * taken to be durable and keeps its mode.
     *
     * @param holder what the directory is wanted for, told to others who find it in use: a cache and its manager, for example
     * @throws DirectoryLockedException if somebody has it
     * @throws IOException also if the path is a file, or may not be written
     */
    public static DiskFiles open(Path directory, String holder, InstantSource clock) throws IOException {
        makeDirectories(directory.toAbsolutePath());
        var real = directory.toRealPath();
        return new DiskFiles(real, DirectoryLock.acquire(real, holder, clock));
    }

    @Override
    public WritableFile create(String name) throws IOException {
        var path = directory.resolve(valid(name));
        AsynchronousFileChannel created;
        try {
            created = PosixMode.createPrivately(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("There is a file " + path + " already", e);
        } catch (IOException e) {
            throw DiskFailure.of(e, "Cannot create " + path, directory.toFile(), 1);
        }
        boolean opened = false;
        try {
            var file = writable(path, created);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                java.nio.file.Files.delete(path);
            }
        }
    }

    @Override
    public WritableFile openForWriting(String name) throws IOException {
        return names.open(
                names.identify(valid(name)), path -> writable(path, AsynchronousFileChannel.open(path, WRITE)));
    }

    @Override
    public ReadableFile openForReading(String name) throws IOException {
        return new DiskReadableFile(names, valid(name));
    }

    @Override
    public Syncing beginSync(List<String> names) throws IOException {
        long bytes = 0;
        for (var name : names) {
            try (var file = openForReading(name)) {
                bytes += file.size();
            }
        }
        return bytes < SYNC_BYTES_MIN ? () -> {} : EarlySync.begin(this, names);
    }

    @Override
    public List<String> list() throws IOException {
        requireOpen();
        var found = new ArrayList<String>();
        try (DirectoryStream<Path> all = java.nio.file.Files.newDirectoryStream(directory)) {
            for (var path : all) {
                var name = path.getFileName().toString();
                if (!FileNames.isReserved(name) && java.nio.file.Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(name);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        return found;
    }

    @Override
    public boolean delete(String name) throws IOException {
        return names.delete(valid(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try {
            names.rename(valid(from), valid(to));
        } catch (FileNotFoundException e) {
            throw e;
        } catch (FileSystemException e) {
            throw DiskFailure.of(e, "Cannot rename " + from + " to " + to, directory.toFile(), 1);
        }
    }

    @Override
    public void syncDirectory() throws IOException {
        requireOpen();
        sync(directory);
    }

    @Override
    public long freeBytes() {
        requireOpen();
        return directory.toFile().getUsableSpace();
    }

    /** Whether there is a directory that could be opened. */
    public static boolean exists(Path directory) {
        return java.nio.file.Files.isDirectory(directory);
    }

    /**
     * Deletes the directory after its owner has deleted all files, and closes it. If something is in it that is none of his, or if
     * somebody else has just begun to use it, it stays.
     */
    public void deleteDirectory() throws IOException {
        closed = true;
        try {
            lock.deleteFiles();
            java.nio.file.Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.log(System.Logger.Level.DEBUG, "There are files in " + directory + " that are not the store's", e);
        } finally {
            lock.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        lock.close();
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /** Without its lock the directory may be somebody else's. */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(directory + " is closed");
        }
    }

    private String valid(String name) {
        requireOpen();
        return FileNames.require(name);
    }

    /** From the parents down; each is synced in its parent, or the whole store could be gone with the name of one of them. */
    private static void makeDirectories(Path directory) throws IOException {
        if (java.nio.file.Files.isDirectory(directory)) {
            return;
        }
        var parent = directory.getParent();
        if (parent == null) {
            throw new IOException("There is no directory " + directory);
        }
        makeDirectories(parent);
        try {
            PosixMode.createDirectory(directory);
            sync(parent);
        } catch (FileAlreadyExistsException e) {
            if (!java.nio.file.Files.isDirectory(directory)) {
                throw new IOException(directory + " is not a directory", e);
            }
        } catch (IOException e) {
            throw DiskFailure.of(e, "Cannot make directory " + directory, parent.toFile(), 1);
        }
    }

    /** Not by a FileChannel, which an interrupt could close. */
    private static void sync(Path directory) throws IOException {
        if (DIRECTORIES_CAN_BE_SYNCED) {
            try (var channel = AsynchronousFileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }

    /** The channel is closed if the second handle cannot be had. */
    private static WritableFile writable(Path path, AsynchronousFileChannel syncing) throws IOException {
        boolean opened = false;
        try {
            var file = new DiskWritableFile(path, syncing);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                syncing.close();
            }
        }
    }
}
