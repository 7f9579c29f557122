package io.coffer.crypto;

import static io.coffer.crypto.Secrets.CONTEXT;
import static io.coffer.crypto.Secrets.INNER;
import static io.coffer.crypto.Secrets.base64;
import static io.coffer.crypto.Secrets.opens;
import static io.coffer.crypto.Secrets.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CapturedLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void create_newFile_isForItsOwnerAloneAndHasAKey() throws IOException {
        var path = folder.resolve("coffer.key");

        var wrapped = KeyFile.create(path).wrap(INNER, CONTEXT);

        assertThat(opens(KeyFile.at(path), wrapped)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(path)).matches("[A-Za-z0-9+/]{43}=\n");
    }

    @Test
    void create_fileThatIsThere_isLeftAsItIs() throws IOException {
        var path = Files.writeString(folder.resolve("coffer.key"), "precious");

        assertThat(refusal(() -> KeyFile.create(path)))
                .isEqualTo("Key file " + path + " is there already, and is not overwritten.");
        assertThat(path).hasContent("precious");
    }

    @Test
    void create_inNoFolder_isRefused() {
        assertThat(refusal(() -> KeyFile.create(folder.resolve("no/coffer.key"))))
                .contains("cannot be written");
    }

    @Test
    void create_twice_areTwoKeys() {
        assertThat(KeyFile.create(folder.resolve("1")).keyId())
                .isNotEqualTo(KeyFile.create(folder.resolve("2")).keyId());
    }

    @Test
    void keyId_missingFile_isToldWithItsSetting() {
        assertThat(refusal(() -> KeyFile.at(folder.resolve("none")).keyId()))
                .isEqualTo("Key file " + folder.resolve("none") + " does not exist; put it there, or set key.file.");
        assertThat(refusal(() -> KeyFile.at(Path.of("none.key")).keyId()))
                .contains("Key file none.key does not exist (looked for in "
                        + Path.of("none.key").toAbsolutePath());
    }

    @Test
    void keyId_folder_isTold() {
        try (var log = new CapturedLog()) {
            assertThat(refusal(() -> KeyFile.at(folder).keyId())).contains("is a folder; name the file in it");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void keyId_hugeFile_isNotRead() throws IOException {
        var path = Files.write(folder.resolve("video"), new byte[(1 << 20) + 1]);

        assertThat(refusal(() -> KeyFile.at(path).keyId())).contains("is larger than 1 MiB");
    }

    @Test
    void unwrap_whileKeysAreExchanged_goesOn() throws IOException {
        var path = Files.writeString(folder.resolve("coffer.key"), base64(1));
        var keys = KeyFile.at(path);
        var old = keys.wrap(INNER, CONTEXT);

        Files.writeString(path, base64(2) + "\n" + base64(1) + "\n");
        var renewed = keys.wrap(INNER, CONTEXT);

        assertThat(renewed.keyId()).isNotEqualTo(old.keyId());
        assertThat(opens(keys, old)).isTrue();
        assertThat(opens(keys, renewed)).isTrue();
    }

    @Test
    void keyId_openToOthers_isWarnedOfOnce() throws IOException {
        var path = Files.writeString(folder.resolve("coffer.key"), base64(1));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        var keys = KeyFile.at(path);

        try (var log = new CapturedLog()) {
            keys.keyId();
            keys.keyId();

            assertThat(log.warnings())
                    .containsExactly("key file " + path
                            + " may be read or changed by others (rw-r-----). Right is rw-------: chmod 600 " + path);
        }
    }

    @Test
    void serialize_keys_arePlacesOnly() throws Exception {
        var path = Files.writeString(folder.resolve("coffer.key"), base64(1));
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(KeyFile.at(path));
        }

        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            var read = (LocalKeys) in.readObject();

            assertThat(read).isEqualTo(KeyFile.at(path));
            assertThat(read.keyId()).isEqualTo(KeyFile.at(path).keyId());
        }
    }

    @Test
    void toString_keys_namesThePlace() {
        assertThat(KeyFile.at(Path.of("/etc/coffer.key"))).hasToString("key file /etc/coffer.key");
    }

    /** With nothing on the class path but our own classes, as the jar is. */
    @Test
    void command_asDocumented_makesAFileOnce() throws Exception {
        var path = folder.resolve("coffer.key");

        assertThat(command(path.toString())).startsWith("0 Made " + path + " with the key ");
        assertThat(command(path.toString())).isEqualTo("1 " + path + " is there already, and is not overwritten.");
        assertThat(command()).startsWith("2 Usage: java -cp coffer.jar io.coffer.crypto.NewKeyFile");
        assertThat(command("--help")).startsWith("2 Usage: ");
        assertThat(KeyFile.at(path).keyId()).hasSize(16);
    }

    private static String command(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(Path.of(NewKeyFile.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString());
        command.add(NewKeyFile.class.getName());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue() + " " + text.strip();
        }
    }
}
