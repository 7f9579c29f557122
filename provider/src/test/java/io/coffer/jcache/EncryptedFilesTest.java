package io.coffer.jcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.StoreConfiguration;
import io.coffer.crypto.KeyFile;
import io.coffer.crypto.LocalKeys;
import io.coffer.crypto.Passphrase;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreException;
import io.coffer.testing.CapturedLog;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted caches from their configuration to the bytes on disk. */
class EncryptedFilesTest {
    private final List<CofferCachingProvider> providers = new ArrayList<>();
    private final CapturedLog log = new CapturedLog();

    @TempDir
    Path folder;

    private Path keyFile;
    private LocalKeys keys;

    /** Not of the types that may be read from any file. */
    record Diagnosis(String name, List<String> signs) implements Serializable {}

    @BeforeEach
    void makeKey() {
        keyFile = folder.resolve("coffer.key");
        keys = KeyFile.create(keyFile);
    }

    @AfterEach
    void close() {
        providers.forEach(CofferCachingProvider::close);
        log.close();
    }

    private Cache<String, Object> open(StoreConfiguration store) {
        var provider = new CofferCachingProvider();
        providers.add(provider);
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.resolve("stores").toString());
        var manager =
                provider.getCacheManager(URI.create("patients"), EncryptedFilesTest.class.getClassLoader(), properties);
        return manager.createCache(
                "patients",
                new CofferConfiguration<String, Object>()
                        .setTypes(String.class, Object.class)
                        .setStore(store));
    }

    private Cache<String, Object> open(KeyProvider provider) {
        return open(StoreConfiguration.encrypted(provider));
    }

    private Map<String, String> files() {
        try (Stream<Path> files = Files.list(folder.resolve("stores/patients"))) {
            var contents = new TreeMap<String, String>();
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, ISO_8859_1));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "Nothing was changed" holds for the folder, too. */
    @Test
    void createCache_newAndWithoutItsKey_leavesNoFolder() {
        assertThatThrownBy(() -> open(KeyFile.at(folder.resolve("none"))))
                .hasMessageContaining("cannot be encrypted")
                .hasMessageContaining("Nothing was changed");

        assertThat(folder.resolve("stores/patients")).doesNotExist();
        open(keys).put("ada", "flu");
        assertThat(files()).containsKey("KEYS");
    }

    @Test
    void createCache_withoutItsKeyInAFolderThatIsThere_leavesWhatIsInIt() throws IOException {
        var note = Files.createDirectories(folder.resolve("stores/patients")).resolve("note");
        Files.writeString(note, "mine");

        assertThatThrownBy(() -> open(KeyFile.at(folder.resolve("none")))).hasMessageContaining("Nothing was changed");

        assertThat(note).hasContent("mine");
    }

    @Test
    void put_closedAndOpenedAgain_isThereAndNotToBeReadOnDisk() {
        var cache = open(keys);
        cache.put("ada-lovelace", new Diagnosis("pneumonia", new ArrayList<>(List.of("fever"))));
        cache.close();

        assertThat(files())
                .containsKey("KEYS")
                .allSatisfy((name, content) -> assertThat(content)
                        .as(name)
                        .doesNotContain("ada-lovelace")
                        .doesNotContain("pneumonia")
                        .doesNotContain("fever")
                        .doesNotContain("Diagnosis"));
        assertThat(open(keys).get("ada-lovelace"))
                .isEqualTo(new Diagnosis("pneumonia", new ArrayList<>(List.of("fever"))));
    }

    @Test
    void open_withAnotherKey_isRefusedWithBothIdsAndChangesNothing() {
        var cache = open(keys);
        cache.put("ada", "flu");
        cache.close();
        var before = files();
        var another = KeyFile.create(folder.resolve("another.key"));

        assertThatThrownBy(() -> open(another))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.KEY))
                .hasMessageContaining("\"patients\"")
                .hasMessageContaining("Key file " + folder.resolve("another.key") + " has the key " + another.keyId()
                        + ", not " + keys.keyId() + ".");

        assertThat(files()).isEqualTo(before);
        assertThat(open(keys).get("ada")).isEqualTo("flu");
    }

    @Test
    void open_withoutTheKeyFile_isRefusedAndChangesNothing() throws IOException {
        open(keys).close();
        var before = files();
        Files.move(keyFile, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> open(keys))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Key file " + keyFile + " does not exist");

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void open_asALog_isRefused() {
        var cache = open(keys);
        cache.put("ada", "flu");
        cache.close();
        var before = files();

        assertThatThrownBy(() -> open(StoreConfiguration.log())).isInstanceOf(StoreException.class);

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void renewOuterKey_whileOpen_needsTheOldOneNoLonger() throws IOException {
        var cache = open(keys);
        cache.put("ada", "flu");
        var old = Files.readString(keyFile);
        var next = Files.readString(Path.of(write("next.key")));
        Files.writeString(keyFile, next + old);

        var encryptionKeys = cache.unwrap(CofferCache.class).encryptionKeys();
        encryptionKeys.renewOuterKey();
        assertThat(encryptionKeys.outerKeyId())
                .isEqualTo(KeyFile.at(folder.resolve("next.key")).keyId());
        cache.close();

        assertThat(open(KeyFile.at(folder.resolve("next.key"))).get("ada")).isEqualTo("flu");
    }

    private String write(String name) {
        KeyFile.create(folder.resolve(name));
        return folder.resolve(name).toString();
    }

    @Test
    void open_byAPassphrase_worksAgainInAnotherManager() throws IOException {
        var words = Files.writeString(folder.resolve("words"), "correct horse battery staple");
        var cache = open(Passphrase.ofFile(words).withCosts(19_456, 2, 1));
        cache.put("ada", "flu");
        cache.close();

        assertThat(open(Passphrase.ofFile(words)).get("ada")).isEqualTo("flu");
    }

    @Test
    void encryptionKeys_ofALog_areNone() {
        assertThat(open(StoreConfiguration.log()).unwrap(CofferCache.class).encryptionKeys())
                .isNull();
    }

    @Test
    void open_whatWasALog_readsOnlyAllowedClassesUntilNothingIsInTheClear() {
        var plain = open(StoreConfiguration.log().setAllow("io.coffer.jcache.*"));
        plain.put("ada", new Diagnosis("flu", new ArrayList<>(List.of("fever"))));
        plain.close();

        var cache = open(keys);

        assertThat(cache.unwrap(CofferCache.class).encryptionKeys().plainSegments())
                .isPositive();
        assertThatThrownBy(() -> cache.put("bob", new Diagnosis("flu", new ArrayList<>())))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("not allowed");
    }

    @Test
    void destroyCache_withoutTheKey_deletesAll() throws IOException {
        var cache = open(StoreConfiguration.log()
                .setEncryption(new EncryptionConfiguration().setKeys(keys).setErase(Erase.EXPIRED)));
        cache.put("ada", "flu");
        Files.delete(keyFile);

        cache.getCacheManager().destroyCache("patients");

        assertThat(folder.resolve("stores/patients")).doesNotExist();
    }
}
