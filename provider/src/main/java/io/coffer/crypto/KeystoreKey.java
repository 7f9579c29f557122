package io.coffer.crypto;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Outer keys in a PKCS#12 keystore (RFC 7292): {@code "key": { "keystore": "…", "alias": "…", "passwordEnv": "…" }} in {@code coffer.json}. The
 * key of the alias wraps; all secret keys of 32 bytes in the keystore unwrap.
 *
 * <pre>keytool -genseckey -storetype PKCS12 -keystore coffer.p12 -alias coffer -keyalg AES -keysize 256</pre>
 */
public final class KeystoreKey {
    private KeystoreKey() {}

    /**
     * Returns the keys of a keystore, which is not looked at before they are needed.
     *
     * @param path relative to the working directory, or absolute
     * @param alias of the key that wraps
     * @param passwordVariable the environment variable that has the password of the keystore and of its keys
     */
    public static LocalKeys at(Path path, String alias, String passwordVariable) {
        var password = new Variable(requireNonNull(passwordVariable, "passwordVariable == null"));
        return of(requireNonNull(path, "path == null"), requireNonNull(alias, "alias == null"), password);
    }

    static LocalKeys of(Path path, String alias, Variable password) {
        return new LocalKeys(new Reader(new SecretFile("keystore", path, "key.keystore"), alias, password), null);
    }

    private record Reader(SecretFile file, String alias, Variable password) implements KeyReader {
        @Override
        public List<byte[]> read() {
            var word = password.chars();
            try {
                var keystore = opened(word);
                var found = new ArrayList<byte[]>();
                found.add(wrapping(keystore, word));
                for (var other : Collections.list(keystore.aliases())) {
                    var key = other.equalsIgnoreCase(alias) ? null : bytesOf(keystore, other, word);
                    if (key != null) {
                        found.add(key);
                    }
                }
                return found;
            } catch (UnrecoverableKeyException e) {
                throw file.failure("has a key that the password in " + password + " does not open", e);
            } catch (GeneralSecurityException e) {
                throw file.failure("cannot be used: " + e, e);
            } finally {
                Arrays.fill(word, '\0');
            }
        }

        private KeyStore opened(char[] word) throws GeneralSecurityException {
            var bytes = file.read();
            try {
                var keystore = KeyStore.getInstance("PKCS12");
                keystore.load(new ByteArrayInputStream(bytes), word);
                return keystore;
            } catch (IOException e) {
                throw file.failure(
                        e.getCause() instanceof UnrecoverableKeyException
                                ? "is not opened by the password in " + password
                                : "is no PKCS#12 keystore, or damaged",
                        e);
            }
        }

        private byte[] wrapping(KeyStore keystore, char[] word) throws GeneralSecurityException {
            if (!keystore.containsAlias(alias)) {
                throw file.failure(
                        "has no alias \"" + alias + "\"; it has " + new TreeSet<>(Collections.list(keystore.aliases())),
                        null);
            }
            var key = bytesOf(keystore, alias, word);
            if (key != null) {
                return key;
            }
            throw KeyFailure.of(file + ": the alias \"" + alias + "\" is no secret key of " + Algorithms.KEY_BYTES
                    + " bytes; expected one as keytool -genseckey -keyalg AES -keysize 256 makes it");
        }

        private static byte @Nullable [] bytesOf(KeyStore keystore, String alias, char[] word)
                throws GeneralSecurityException {
            if (!keystore.isKeyEntry(alias) || !(keystore.getKey(alias, word) instanceof SecretKey secret)) {
                return null;
            }
            var bytes = secret.getEncoded();
            return bytes != null && bytes.length == Algorithms.KEY_BYTES ? bytes : null;
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
