package io.coffer.codec;

import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one stream name only allowed classes, and ask for no more memory than its length can account for. For one stream and one
 * thread.
 *
 * <p>The number of objects needs no limit of its own: each takes at least a byte.
 */
final class ReadFilter implements ObjectInputFilter {
    /**
     * Elements of arrays, all together, a byte of the stream. An element takes a byte or more, but a hash table is made with up
     * to eight places for an entry, which takes six bytes or more.
     */
    private static final int ELEMENTS_PER_BYTE = 4;

    /** For tables that are larger than their few entries need. */
    private static final int ELEMENTS_ALWAYS = 1_024;

    private final AllowList allowed;
    private long elementsLeft;
    private @Nullable Class<?> refused;

    ReadFilter(AllowList allowed, int streamBytes) {
        this.allowed = allowed;
        this.elementsLeft = ELEMENTS_ALWAYS + (long) ELEMENTS_PER_BYTE * streamBytes;
    }

    /** A filter that the JVM has already given to the stream goes on to be asked. */
    void installIn(ObjectInputStream in) {
        in.setObjectInputFilter(ObjectInputFilter.merge(this, in.getObjectInputFilter()));
    }

    /** Returns the rest of a sentence that tells why the stream was rejected; empty if it was not for its classes. */
    String reason() {
        return refused == null ? "" : ": the class " + refused.getName() + " is not allowed (\"allow\", setAllow)";
    }

    @Override
    public Status checkInput(FilterInfo info) {
        elementsLeft -= Math.max(0, info.arrayLength());
        if (elementsLeft < 0 || info.depth() > CheckedObjectOutputStream.DEPTH_MAX) {
            return Status.REJECTED;
        }
        var type = info.serialClass();
        if (type == null || allowed.allows(type)) {
            return Status.ALLOWED;
        }
        refused = type;
        return Status.REJECTED;
    }
}
