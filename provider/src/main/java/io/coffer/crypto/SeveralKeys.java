package io.coffer.crypto;

import static java.util.Objects.requireNonNull;

import io.coffer.common.LogOnce;
import io.coffer.common.UserCloseable;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreException;
import io.coffer.spi.WrappedKey;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several holders of outer keys, of any kinds: the first wraps, all unwrap, in their order. So one kind of key can take the place of
 * another, say a passphrase that of a key file: put the new one first, wrap each store anew ({@code StoreKeys.renewOuterKey()}), then take the
 * old one away. A holder that has no key at all, before one that can unwrap, is warned of in the log.
 *
 * <p>Immutable, and safe for use by several threads if the holders are. Two are equal if their holders are.
 */
public final class SeveralKeys implements KeyProvider, Closeable {
    private final List<KeyProvider> holders;
    private final LogOnce warnings = new LogOnce();

    private SeveralKeys(List<KeyProvider> holders) {
        this.holders = List.copyOf(holders);
    }

    /**
     * Returns holders as one.
     *
     * @param first wraps, and unwraps what it can
     * @param others unwrap what the first cannot
     */
    public static SeveralKeys of(KeyProvider first, KeyProvider... others) {
        var all = new ArrayList<KeyProvider>();
        all.add(requireNonNull(first, "first == null"));
        all.addAll(List.of(others));
        return new SeveralKeys(all);
    }

    /**
     * Returns a holder that takes algorithms from one provider of cryptography, if it is one of this package; the same one else.
     *
     * @param jcaProvider its name, null for the first that the JVM finds
     */
    public static KeyProvider withJcaProvider(KeyProvider holder, @Nullable String jcaProvider) {
        if (holder instanceof LocalKeys keys) {
            return keys.withJcaProvider(jcaProvider);
        }
        if (holder instanceof SeveralKeys several) {
            return new SeveralKeys(several.holders.stream()
                    .map(each -> withJcaProvider(each, jcaProvider))
                    .toList());
        }
        return holder instanceof Passphrase passphrase ? passphrase.withJcaProvider(jcaProvider) : holder;
    }

    @Override
    public String keyId() {
        return holders.get(0).keyId();
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] context) {
        return holders.get(0).wrap(key, context);
    }

    /**
     * Throws what all holders have said, if none of them can. If one can, but another before it has no key at all, the log warns of that, once.
     */
    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
        var refusals = new ArrayList<StoreException>();
        for (var holder : holders) {
            try {
                var key = holder.unwrap(wrapped, context);
                warnOfUseless(refusals.size());
                return key;
            } catch (StoreException e) {
                refusals.add(e);
            }
        }
        var all = new StoreException(
                StoreException.Kind.KEY,
                String.join(
                        " ",
                        refusals.stream()
                                .map(e -> String.valueOf(e.getMessage()))
                                .toList()));
        refusals.forEach(all::addSuppressed);
        throw all;
    }

    /** Of the holders before the one that can: most have another key, as they should while keys are exchanged, and are only asked for its id. */
    private void warnOfUseless(int able) {
        for (int i = 0; i < able && !warnings.isTold(); i++) {
            try {
                requirePresent(holders.get(i));
            } catch (RuntimeException e) { // the store has its key; this is all that becomes of it
                warnings.warn(
                        named(i) + ", cannot be used: " + reason(e) + " " + named(able)
                                + ", has opened a store instead. Mend the other before it is needed, or take it out of the"
                                + " configuration.",
                        e);
            }
        }
    }

    private static void requirePresent(KeyProvider holder) {
        if (holder instanceof Passphrase passphrase) {
            passphrase.requirePresent();
        } else {
            holder.keyId();
        }
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof StoreException ? String.valueOf(failure.getMessage()) : failure + ".";
    }

    private String named(int index) {
        return "Outer key " + (index + 1) + " of " + holders.size() + ", " + holders.get(index);
    }

    /** Closes the holders that can be closed. */
    @Override
    public void close() {
        holders.forEach(UserCloseable::close);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeveralKeys that && holders.equals(that.holders);
    }

    @Override
    public int hashCode() {
        return holders.hashCode();
    }

    /** Names the holders. */
    @Override
    public String toString() {
        return String.join(", then ", holders.stream().map(Object::toString).toList());
    }
}
