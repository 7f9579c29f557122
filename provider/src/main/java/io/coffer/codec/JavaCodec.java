package io.coffer.codec;

import io.coffer.spi.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization: any {@link java.io.Serializable} object. The default codec.
 *
 * <p>Strings, numbers, arrays of primitives and other value types of the JDK are written in a short form of their own
 * (docs/file-format.md), which a store may keep for years.
 *
 * <p>Java serialization runs code of the classes that its bytes name. A codec without a filter must therefore be given no bytes
 * but those that this process has encoded, or that were authenticated; {@link #filtered} makes one for files that anybody may
 * have changed. Safe for use by several threads.
 *
 * @param <T> the type of the objects
 */
public final class JavaCodec<T> implements Codec<T> {
    private final @Nullable AllowList allowed;
    private final boolean forKeys;

    /** Makes a codec that writes and reads objects of any class. */
    public JavaCodec() {
        this(null, false);
    }

    private JavaCodec(@Nullable AllowList allowed, boolean forKeys) {
        this.allowed = allowed;
        this.forKeys = forKeys;
    }

    /**
     * Makes a codec for files that are not authenticated: it reads objects of allowed classes only, and refuses to write what
     * it would refuse to read.
     *
     * <p>Allowed are value types, collections and exceptions of the JDK, the keys and values that frameworks are known to
     * store, the given types, and the classes named by the patterns.
     *
     * @param allow patterns: {@code com.acme.Order} one class, {@code com.acme.*} a package, {@code com.acme.**} a package and
     *     all below
     * @param types the declared types of keys or values: allowed are the classes themselves and their superclasses; of a sealed
     *     type also its permitted subclasses, of an array its elements. Other subclasses are not. {@code Object} declares
     *     nothing
     * @throws IllegalArgumentException if a pattern has another form, saying what would be right
     */
    public static <T> JavaCodec<T> filtered(List<String> allow, Class<?>... types) {
        return new JavaCodec<>(new AllowList(allow, types), false);
    }

    @Override
    public JavaCodec<T> forKeys() {
        return forKeys ? this : new JavaCodec<>(allowed, true);
    }

    @Override
    public byte[] encode(T value) {
        byte[] compact = CompactForms.encode(value);
        return compact == null
                ? CheckedObjectOutputStream.bytesOf(value, allowed, forKeys ? new CanonicalObjects() : null)
                : compact;
    }

    @Override
    @SuppressWarnings("unchecked") // the bytes come from encode
    public T decode(byte[] bytes, ClassLoader loader) {
        boolean isSerialized = bytes.length > 0 && bytes[0] == (byte) CompactForms.SERIALIZED;
        return (T) (isSerialized ? deserialize(bytes, loader) : CompactForms.decode(bytes));
    }

    private Object deserialize(byte[] bytes, ClassLoader loader) {
        var filter = allowed == null ? null : new ReadFilter(allowed, bytes.length);
        try (var in = new LoaderObjectInputStream(new ByteArrayInputStream(bytes), loader)) {
            if (filter != null) {
                filter.installIn(in);
            }
            return nonNull(in.readUnchanged());
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError | StackOverflowError e) {
            throw new CacheException(
                    "A stored object cannot be read back by Java serialization"
                            + (filter == null ? "" : filter.reason()),
                    e);
        }
    }

    /** A stream may say null; a hit must not look like a miss. */
    private static Object nonNull(@Nullable Object decoded) throws StreamCorruptedException {
        if (decoded == null) {
            throw new StreamCorruptedException("null");
        }
        return decoded;
    }
}
