package io.coffer.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a directory, held until it is closed or the process dies. Others learn who he is from {@code OWNER}, a text
 * beside the lock, which a killed owner leaves behind and the next one replaces.
 *
 * <p>A POSIX lock belongs to the process and ends when the process closes <em>any</em> handle of the file. So nothing in this
 * process may open {@code LOCK} a second time, and who comes second must be known before: by a system property for each
 * directory, which all class loaders see. A directory that is known under two real paths (a bind mount) slips through; there
 * the JDK notices, and the handle that should not have been opened stays open, for the sake of the first owner.
 */
final class DirectoryLock implements Closeable {
    private static final System.Logger LOG = System.getLogger(DirectoryLock.class.getName());
    private static final String OWNED = "io.coffer.store.owned:";
    private static final String PARKED = "io.coffer.store.parked:";
    private static final int OWNER_CHARS_MAX = 1000;
    /** More often than a directory is deleted while it is opened. */
    private static final int TRIES = 100;

    private final Path directory;
    private final String owner;
    private final AsynchronousFileChannel channel;

    /** The system properties of the beginning; a program may replace them. */
    private final Properties register;

    private DirectoryLock(Path directory, String owner, AsynchronousFileChannel channel, Properties register) {
        this.register = register;
        this.directory = directory;
        this.owner = owner;
        this.channel = channel;
    }

    /**
     * Takes the lock, or fails at once if somebody has it.
     *
     * @param directory the real path of a directory that exists
     * @param holder for what: a cache and its manager, for people
     * @throws DirectoryLockedException if somebody has it
     */
    static DirectoryLock acquire(Path directory, String holder, InstantSource clock) throws IOException {
        var owner = "pid " + ProcessHandle.current().pid() + " on " + hostName() + ", " + holder + ", since "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var register = System.getProperties();
        var other = register.putIfAbsent(OWNED + directory, owner);
        if (other != null) {
            throw new DirectoryLockedException(directory + " is in use in this JVM: " + other);
        }
        boolean acquired = false;
        try {
            var lock = new DirectoryLock(directory, owner, lockedChannel(directory), register);
            lock.announce();
            acquired = true;
            return lock;
        } finally {
            if (!acquired) {
                register.remove(OWNED + directory, owner);
            }
        }
    }

    /** Ends it. The file LOCK stays: if it were deleted, two owners could lock two files of that name. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try {
            java.nio.file.Files.deleteIfExists(directory.resolve(FileNames.OWNER));
        } finally {
            try {
                channel.close();
            } finally {
                register.remove(OWNED + directory, owner);
            }
        }
    }

    /**
     * Deletes its files, while it is held, when the whole directory is about to go: who opens it then makes new ones, and the directory
     * is his.
     */
    void deleteFiles() throws IOException {
        java.nio.file.Files.deleteIfExists(directory.resolve(FileNames.OWNER));
        java.nio.file.Files.deleteIfExists(directory.resolve(FileNames.LOCK));
    }

    private static AsynchronousFileChannel lockedChannel(Path directory) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            var channel = lockedIfThere(directory);
            if (channel != null) {
                return channel;
            }
        }
        throw new DirectoryLockedException(directory + " is in use by another process: it was just being deleted");
    }

    /**
     * An asynchronous channel, since an interrupt cannot close it; it starts no thread as long as it is only locked. Null if the file was
     * deleted between opening and locking it: somebody else may lock another file of that name. While the channel is open no other file has
     * its identity.
     */
    private static @Nullable AsynchronousFileChannel lockedIfThere(Path directory) throws IOException {
        var file = directory.resolve(FileNames.LOCK);
        var parked = System.getProperties().remove(PARKED + directory);
        var opened =
                parked instanceof Object[] known ? known : new Object[] {PosixMode.openPrivately(file), identity(file)};
        var channel = (AsynchronousFileChannel) opened[0];
        boolean keep = false;
        try {
            if (channel.tryLock() == null) {
                throw new DirectoryLockedException(
                        directory + " is in use by another process: " + ownerText(directory));
            }
            keep = identity(file).equals(opened[1]);
            return keep ? channel : null;
        } catch (OverlappingFileLockException e) {
            keep = true;
            System.getProperties().put(PARKED + directory, opened);
            throw new DirectoryLockedException(
                    directory + " is in use in this JVM, under another path: " + ownerText(directory));
        } finally {
            if (!keep) {
                channel.close();
            }
        }
    }

    /** What tells a file from another of the same name; nothing does if it is not there. On Windows a file in use keeps its name. */
    private static Object identity(Path file) throws IOException {
        try {
            var key = java.nio.file.Files.readAttributes(file, BasicFileAttributes.class)
                    .fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "A directory was deleted while it was to be locked", e);
            return new Object();
        }
    }

    /** What people are told must not keep the store from opening, on a full disk for example. */
    private void announce() {
        var draft = directory.resolve(FileNames.OWNER + ".tmp");
        try {
            PosixMode.openPrivately(draft).close();
            java.nio.file.Files.writeString(draft, owner + "\n");
            java.nio.file.Files.move(draft, directory.resolve(FileNames.OWNER), ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "OWNER cannot be written; whoever finds " + directory + " in use will not learn by whom",
                    e);
        }
    }

    private static String ownerText(Path directory) throws IOException {
        try {
            var text = java.nio.file.Files.readString(directory.resolve(FileNames.OWNER))
                    .strip();
            return text.length() > OWNER_CHARS_MAX ? text.substring(0, OWNER_CHARS_MAX) : text;
        } catch (NoSuchFileException e) {
            return "it has not said who it is";
        }
    }

    /** From the system, not from the network: a name service that does not answer would hold up the opening. */
    private static String hostName() throws IOException {
        var kernel = Path.of("/proc/sys/kernel/hostname");
        if (java.nio.file.Files.isReadable(kernel)) {
            return java.nio.file.Files.readString(kernel).strip();
        }
        var named = System.getenv("COMPUTERNAME");
        return named == null ? "this host" : named;
    }
}
