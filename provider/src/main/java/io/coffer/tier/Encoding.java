package io.coffer.tier;

import io.coffer.spi.Codec;
import java.util.function.Supplier;
import javax.cache.CacheException;

/**
 * Objects as bytes and back: the only caller of {@link Codec}, and so the one that says what its failure means. Safe for use by
 * several threads, as codecs are.
 */
public final class Encoding<T> {
    private final String what;
    private final Codec<T> codec;
    private final Supplier<ClassLoader> loader;

    /**
     * Makes the encoding of one kind of objects.
     *
     * @param what names the objects in messages, as in {@code Cache "books", value}
     * @param loader gives the class loader of the CacheManager
     */
    public Encoding(String what, Codec<T> codec, Supplier<ClassLoader> loader) {
        this.what = what;
        this.codec = codec;
        this.loader = loader;
    }

    byte[] encode(T object) {
        try {
            return codec.encode(object);
        } catch (CacheException e) {
            throw new CacheException(message(e), e);
        } catch (Exception e) {
            throw failure(e);
        }
    }

    /**
     * Decodes bytes.
     *
     * @throws UndecodableException if the codec says so by a CacheException
     */
    T decode(byte[] encoded) {
        try {
            return codec.decode(encoded, loader.get());
        } catch (CacheException e) {
            throw new UndecodableException(message(e), e);
        } catch (Exception e) {
            throw failure(e);
        }
    }

    /** A codec's own words are kept: they say what would be right, and a codec puts no content into them. */
    private String message(CacheException cause) {
        return what + ": " + cause.getMessage();
    }

    private CacheException failure(Exception cause) {
        return new CacheException(what + ": " + codec.getClass().getName() + " failed", cause);
    }
}
