package io.coffer.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Writes an object that can be read back under the same {@link AllowList}, or a key in the one form that all equal keys have.
 * For one object and one thread.
 */
final class CheckedObjectOutputStream extends ObjectOutputStream {
    /** Objects within objects, when reading; more than what {@link #checkDepth} lets through. */
    static final int DEPTH_MAX = 2_000;

    private static final int USUAL_SIZE = 512;
    private static final int OBJECTS_BETWEEN_CHECKS = 100;

    /**
     * Writing an object within another takes two frames or more, so these are five hundred objects or fewer. Reading a list or a map takes
     * the most of the stack, up to two and a half kilobytes each: the deepest take two thirds of the megabyte that a thread has.
     */
    private static final int FRAMES_MAX = 1_000;

    private final @Nullable AllowList allowed;
    private final @Nullable CanonicalObjects canonical;
    private int objects;
    private @Nullable CacheException refusal;

    private CheckedObjectOutputStream(
            OutputStream out, @Nullable AllowList allowed, @Nullable CanonicalObjects canonical) throws IOException {
        super(out);
        this.allowed = allowed;
        this.canonical = canonical;
        if (allowed != null || canonical != null) {
            enableReplaceObject(true);
        }
    }

    /**
     * Returns the stream of one object.
     *
     * @param allowed what may be in it; null for anything
     * @param canonical the parts of the key that is written; null for a value, which keeps its parts
     * @throws CacheException if it cannot be written, or could not be read back, naming the class and the remedy
     */
    static byte[] bytesOf(Object value, @Nullable AllowList allowed, @Nullable CanonicalObjects canonical) {
        var bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (var out = new CheckedObjectOutputStream(bytes, allowed, canonical)) {
            out.write(value);
        } catch (CacheException e) {
            throw e;
        } catch (NotSerializableException e) {
            throw new CacheException(
                    "An object of " + value.getClass().getName() + " cannot be stored by value: " + e.getMessage()
                            + " does not implement java.io.Serializable. Let it do so, or set another codec, such as"
                            + " \"json\" (codec and valueType, setCodec; for keys keyCodec, setKeyCodec), or store by"
                            + " reference (\"storeByValue\": false, setStoreByValue)",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new CacheException(
                    "An object of " + value.getClass().getName()
                            + " cannot be stored by value: its serialization failed",
                    e);
        } catch (StackOverflowError e) {
            throw tooDeep(); // its trace is long and tells nothing
        }
        return bytes.toByteArray();
    }

    /**
     * Refuses at the end: an object that cannot be written at all fails of that first, whatever it consists of. And a writeObject
     * method of the user cannot keep a refusal to itself.
     */
    private void write(Object object) throws IOException {
        writeObject(object);
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * Called for each class that the stream names, superclasses and classes of arrays included; also that of the exception with
     * which a stream ends that has failed, and that must not hide behind its own refusal.
     */
    @Override
    protected void annotateClass(Class<?> type) {
        check(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        Arrays.stream(type.getInterfaces()).forEach(this::check);
    }

    private void check(Class<?> type) {
        if (refusal == null && allowed != null && !allowed.allows(type)) {
            refusal = allowed.refusal(type);
        }
    }

    /** Called for each object when the stream meets it first, after its own writeReplace. */
    @Override
    protected Object replaceObject(Object object) {
        if (++objects % OBJECTS_BETWEEN_CHECKS == 0) {
            checkDepth();
        }
        if (canonical == null) {
            return object;
        }
        return objects == 1 ? canonical.ofRoot(object) : canonical.ofPart(object);
    }

    /**
     * Refuses what the reader's limit of depth would refuse. The stream does not tell how deep it is, the stack does. Below an
     * object at some depth, one in so many is looked at, so nothing gets deeper by more than that unseen.
     */
    private void checkDepth() {
        var codec = JavaCodec.class.getName();
        long frames = StackWalker.getInstance()
                .walk(stack -> stack.takeWhile(frame -> !frame.getClassName().equals(codec))
                        .limit(FRAMES_MAX + 1L)
                        .count());
        if (allowed != null && frames > FRAMES_MAX) {
            refusal = tooDeep();
            throw refusal;
        }
    }

    private static CacheException tooDeep() {
        return new CacheException("Objects within objects are nested too deep to be read back by Java serialization;"
                + " hold them in a list, or set another codec");
    }
}
