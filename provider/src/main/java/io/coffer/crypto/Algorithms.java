package io.coffer.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of encrypted stores, by their JCA names, all from one provider: AES-256-GCM (NIST SP 800-38D), HMAC-SHA256 (RFC 2104)
 * and HKDF-SHA256 (RFC 5869). Without state, safe for use by several threads.
 */
public final class Algorithms {
    /** Length of every key. */
    public static final int KEY_BYTES = 32;
    /** Length of a nonce of AES-GCM. */
    public static final int NONCE_BYTES = 12;
    /** Length of a tag of AES-GCM, and the only one accepted. */
    public static final int TAG_BYTES = 16;
    /** Length of what HMAC-SHA256 returns. */
    public static final int MAC_BYTES = 32;

    private static final String AES = "AES";
    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final String HMAC = "HmacSHA256";

    private final @Nullable Provider provider;
    private final SecureRandom random;

    private Algorithms(@Nullable Provider provider, SecureRandom random) {
        this.provider = provider;
        this.random = random;
    }

    /**
     * Takes everything from one provider of the JVM, and checks that it has it.
     *
     * @param jcaProvider its name, such as {@code SunJCE} or {@code BCFIPS}; null for the first that has each algorithm
     * @throws IllegalArgumentException if there is none of that name, or it lacks an algorithm
     */
    public static Algorithms of(@Nullable String jcaProvider) {
        var provider = jcaProvider == null ? null : Security.getProvider(jcaProvider);
        if (jcaProvider != null && provider == null) {
            throw new IllegalArgumentException("There is no provider of cryptography \"" + jcaProvider
                    + "\" in this JVM. There are: "
                    + Arrays.stream(Security.getProviders())
                            .map(Provider::getName)
                            .collect(Collectors.joining(", ")));
        }
        var algorithms = new Algorithms(provider, new SecureRandom());
        try {
            algorithms.aesGcm();
            algorithms.hmac();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    (jcaProvider == null ? "No provider of cryptography" : "The provider \"" + jcaProvider + "\"")
                            + " has both " + AES_GCM + " and " + HMAC + ", which encrypted stores need",
                    e);
        }
        return algorithms;
    }

    /** Returns the source of keys, nonces and salts. */
    public SecureRandom random() {
        return random;
    }

    /** Returns so many random bytes. */
    public byte[] random(int bytes) {
        var drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }

    Cipher aesGcm() throws GeneralSecurityException {
        return provider == null ? Cipher.getInstance(AES_GCM) : Cipher.getInstance(AES_GCM, provider);
    }

    private Mac hmac() throws GeneralSecurityException {
        return provider == null ? Mac.getInstance(HMAC) : Mac.getInstance(HMAC, provider);
    }

    /** Encrypts with a random nonce. Returns the nonce, what was encrypted, and the tag. */
    public byte[] seal(byte[] key, byte[] plain, byte[] associated) {
        var nonce = random(NONCE_BYTES);
        try {
            var cipher = aesGcm();
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, AES),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(associated);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + plain.length + TAG_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(AES_GCM + " has failed", e);
        }
    }

    /** Decrypts what {@link #seal} has returned. Returns null if the key, the bytes or what is associated are others. */
    @SuppressWarnings("UnusedException") // a tag that does not fit is an answer, and the exception tells nothing more
    public byte @Nullable [] open(byte[] key, byte[] sealed, byte[] associated) {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            return null;
        }
        try {
            var cipher = aesGcm();
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, AES),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(associated);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(AES_GCM + " has failed", e);
        }
    }

    /** Returns the HMAC-SHA256 of all parts in a row. */
    public byte[] mac(byte[] key, byte[]... parts) {
        try {
            var mac = hmac();
            mac.init(new SecretKeySpec(key, HMAC));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("A key of " + key.length + " bytes is none for " + HMAC, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " has failed", e);
        }
    }

    /**
     * Derives a key: HKDF-SHA256, RFC 5869. Written out, since the JDK has it only from version 25 on.
     *
     * @param salt may be empty, which means 32 zeros
     * @param bytes from 1 to 255 times 32
     */
    public byte[] derive(byte[] secret, byte[] salt, byte[] info, int bytes) {
        if (bytes < 1 || bytes > 255 * MAC_BYTES) {
            throw new IllegalArgumentException("HKDF gives 1 to " + 255 * MAC_BYTES + " bytes, asked for " + bytes);
        }
        var extracted = mac(salt.length == 0 ? new byte[MAC_BYTES] : salt, secret);
        var derived = new byte[bytes];
        var block = new byte[0];
        for (int at = 0, i = 1; at < bytes; at += MAC_BYTES, i++) {
            block = mac(extracted, block, info, new byte[] {(byte) i});
            System.arraycopy(block, 0, derived, at, Math.min(MAC_BYTES, bytes - at));
        }
        Arrays.fill(extracted, (byte) 0);
        Arrays.fill(block, (byte) 0);
        return derived;
    }
}
