package io.coffer.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which open file bears which name now. A file that has to be opened again must be the same one: not another that has taken its
 * name meanwhile, and not lost because it has been renamed. This works because nobody else changes the directory. For all
 * threads.
 */
final class DiskNames {
    private final Path directory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Identity> identities = new HashMap<>();

    DiskNames(Path directory) {
        this.directory = directory;
    }

    /** One file, whatever it is called. */
    static final class Identity {
        private final String firstName;

        /** Null if the file is deleted or replaced. Guarded by the lock of its DiskNames. */
        private @Nullable String name;

        private Identity(String name) {
            firstName = name;
            this.name = name;
        }

        @Override
        public String toString() {
            return firstName;
        }
    }

    /** Something that is done with the path of a file. */
    @FunctionalInterface
    interface Opening<T> {
        T open(Path path) throws IOException;
    }

    /** Returns the file that bears a name. */
    Identity identify(String name) {
        lock.lock();
        try {
            return identities.computeIfAbsent(name, Identity::new);
        } finally {
            lock.unlock();
        }
    }

    /** Does something with the path of a file, while nobody can rename or delete it. */
    <T> T open(Identity identity, Opening<T> opening) throws IOException {
        lock.lock();
        try {
            var name = identity.name;
            if (name == null) {
                throw new FileNotFoundException(
                        directory.resolve(identity.firstName) + " has been deleted or replaced since it was opened");
            }
            return opening.open(directory.resolve(name));
        } catch (NoSuchFileException e) {
            forget(identity);
            throw absent(e.getFile(), e);
        } finally {
            lock.unlock();
        }
    }

    void rename(String from, String to) throws IOException {
        lock.lock();
        try {
            java.nio.file.Files.move(
                    directory.resolve(from), directory.resolve(to), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            if (!from.equals(to)) {
                var moved = identities.remove(from);
                named(moved, to);
                named(moved == null ? identities.remove(to) : identities.put(to, moved), null);
            }
        } catch (NoSuchFileException e) {
            throw absent(e.getFile(), e);
        } finally {
            lock.unlock();
        }
    }

    boolean delete(String name) throws IOException {
        lock.lock();
        try {
            boolean deleted = java.nio.file.Files.deleteIfExists(directory.resolve(name));
            named(identities.remove(name), null);
            return deleted;
        } finally {
            lock.unlock();
        }
    }

    /** A name at which there is no file needs no room here. */
    private void forget(Identity identity) {
        if (identity.name != null) {
            identities.remove(identity.name, identity);
        }
    }

    private static void named(@Nullable Identity identity, @Nullable String name) {
        if (identity != null) {
            identity.name = name;
        }
    }

    /** The seam's exception: its users know nothing of java.nio.file. */
    private static FileNotFoundException absent(String path, NoSuchFileException cause) {
        var absent = new FileNotFoundException("There is no file " + path);
        absent.initCause(cause);
        return absent;
    }
}
