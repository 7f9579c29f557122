package io.coffer.crypto;

import io.coffer.common.LogOnce;
import io.coffer.spi.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small file that has a secret. Warns once if others than its owner may read or change it. Safe for use by several threads. */
final class SecretFile implements Secret {
    private static final long serialVersionUID = 1L;
    private static final int BYTES_MAX = 1 << 20;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final String what;
    private final String path;
    private final String setting;
    private final transient LogOnce warnings = new LogOnce();

    /**
     * Knows where it is.
     *
     * @param what it is, for messages
     * @param path relative to the working directory, or absolute
     * @param setting what names it, for messages
     */
    SecretFile(String what, Path path, String setting) {
        this(what, path.toString(), setting);
    }

    private SecretFile(String what, String path, String setting) {
        this.what = what;
        this.path = path;
        this.setting = setting;
    }

    @Override
    public byte[] read() {
        var file = Path.of(path);
        if (Files.isDirectory(file)) {
            throw failure("is a folder; name the file in it", null);
        }
        try (var in = Files.newInputStream(file)) {
            checkPermissions(file);
            var bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw failure("is larger than 1 MiB; is it the right file?", null);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw failure(
                    "does not exist" + (file.isAbsolute() ? "" : " (looked for in " + file.toAbsolutePath() + ")")
                            + "; put it there, or set " + setting,
                    e);
        } catch (AccessDeniedException e) {
            throw failure("may not be read by the user of this process", e);
        } catch (IOException e) {
            throw failure("cannot be read: " + e.getMessage(), e);
        }
    }

    /** The folder of a secret in a container is often readable for all, so this warns and refuses nothing. */
    private void checkPermissions(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        var granted = Files.getPosixFilePermissions(file);
        if (granted.stream().anyMatch(OF_OTHERS::contains)) {
            warnings.warn(
                    this + " may be read or changed by others (" + PosixFilePermissions.toString(granted)
                            + "). Right is rw-------: chmod 600 " + file.toAbsolutePath(),
                    null);
        }
    }

    StoreException failure(String problem, @Nullable Throwable cause) {
        return KeyFailure.of(this + " " + problem, cause);
    }

    private Object readResolve() {
        return new SecretFile(what, path, setting);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretFile that && path.equals(that.path) && what.equals(that.what);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, what);
    }

    @Override
    public String toString() {
        return what + " " + path;
    }
}
