package io.coffer.crypto;

import static io.coffer.crypto.Secrets.CONTEXT;
import static io.coffer.crypto.Secrets.INNER;
import static io.coffer.crypto.Secrets.base64;
import static io.coffer.crypto.Secrets.key;
import static io.coffer.crypto.Secrets.keys;
import static io.coffer.crypto.Secrets.opens;
import static io.coffer.crypto.Secrets.refusal;
import static io.coffer.crypto.Secrets.variable;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreKeyTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void makeKeystore() throws Exception {
        path = folder.resolve("coffer.p12");
        write(Map.of("coffer", key(1), "old", key(2), "short", Arrays.copyOf(key(3), 16)));
    }

    private void write(Map<String, byte[]> keys) throws Exception {
        var keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        for (var each : keys.entrySet()) {
            keystore.setEntry(
                    each.getKey(),
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(each.getValue(), "AES")),
                    new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        }
        try (var out = Files.newOutputStream(path)) {
            keystore.store(out, PASSWORD.toCharArray());
        }
    }

    private LocalKeys at(String alias, String password) {
        return KeystoreKey.of(path, alias, variable("ACME_PASSWORD", password));
    }

    @Test
    void wrap_byTheAlias_isTheKeyOfTheAlias() {
        var wrapped = at("coffer", PASSWORD).wrap(INNER, CONTEXT);

        assertThat(opens(keys(base64(1)), wrapped)).isTrue();
    }

    @Test
    void unwrap_byAnotherOfTheKeystore_succeeds() {
        assertThat(opens(at("coffer", PASSWORD), keys(base64(2)).wrap(INNER, CONTEXT)))
                .isTrue();
    }

    @Test
    void keyId_wrongPassword_isToldWithoutIt() {
        assertThat(refusal(() -> at("coffer", "hunter2").keyId()))
                .isEqualTo(
                        "Keystore " + path + " is not opened by the password in environment variable ACME_PASSWORD.");
    }

    @Test
    void keyId_noSuchAlias_namesThoseThereAre() {
        assertThat(refusal(() -> at("cofer", PASSWORD).keyId()))
                .isEqualTo("Keystore " + path + " has no alias \"cofer\"; it has [coffer, old, short].");
    }

    @Test
    void keyId_shortKey_isRefused() {
        assertThat(refusal(() -> at("short", PASSWORD).keyId()))
                .contains("the alias \"short\" is no secret key of 32 bytes");
    }

    @Test
    void keyId_noKeystore_isRefused() throws Exception {
        Files.writeString(path, base64(1));

        assertThat(refusal(() -> at("coffer", PASSWORD).keyId())).contains("is no PKCS#12 keystore, or damaged");
    }

    @Test
    void keyId_noFile_isTold() throws Exception {
        Files.delete(path);

        assertThat(refusal(() -> at("coffer", PASSWORD).keyId()))
                .isEqualTo("Keystore " + path + " does not exist; put it there, or set key.keystore.");
    }

    @Test
    void keyId_noPassword_isTold() {
        assertThat(refusal(
                        () -> KeystoreKey.at(path, "coffer", "COFFER_NOT_SET").keyId()))
                .contains("Environment variable COFFER_NOT_SET is not set");
    }
}
