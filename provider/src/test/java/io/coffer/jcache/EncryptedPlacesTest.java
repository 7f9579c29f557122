package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.StoreConfiguration;
import io.coffer.config.ManagerConfiguration;
import io.coffer.crypto.KeyFile;
import io.coffer.crypto.KeyVariable;
import io.coffer.crypto.Passphrase;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.RollbackAnchor;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.WrappedKey;
import io.coffer.testing.CofferJson;
import io.coffer.testing.FakeClock;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.configuration.Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stores are told of encryption, and who holds the keys for them. */
class EncryptedPlacesTest {
    private static final ClassLoader LOADER = EncryptedPlacesTest.class.getClassLoader();

    private final HeapStorage logs = new HeapStorage();
    private final LoaderContext context = new LoaderContext(() -> LOADER);
    private final KeyHolders keys = new KeyHolders(context);

    @TempDir
    Path folder;

    private ManagerConfiguration settings(String text) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.toString());
        return ManagerConfiguration.read(CofferJson.write(folder, text), false, LOADER, properties, name -> null);
    }

    private StorePlaces places(ManagerConfiguration settings) {
        return new StorePlaces(URI.create("patients"), context, settings, new FakeClock(), keys, () -> logs);
    }

    private StoreEncryption encryption(String text) {
        var settings = settings(text);
        var configuration = settings.fillIn("books", new CofferConfiguration<Object, Object>(), LOADER);
        return places(settings).of("books", configuration).options().encryption();
    }

    private StoreEncryption encryption(StoreConfiguration store) {
        return places(settings("{ }"))
                .of("books", new CofferConfiguration<>().setStore(store))
                .options()
                .encryption();
    }

    @Test
    void of_log_isNotEncrypted() {
        assertThat(encryption(StoreConfiguration.log())).isNull();
    }

    @Test
    void of_encryptedByTheFile_isToldAllThatItSays() {
        var told = encryption(
                CofferJson.ofBooks(
                        "\"store\": \"encrypted\", \"key\": { \"file\": \"/etc/coffer.key\" }, \"erase\": \"expired\", \"jcaProvider\": \"SunJCE\""));

        assertThat(told.keys()).isEqualTo(KeyFile.at(Path.of("/etc/coffer.key")).withJcaProvider("SunJCE"));
        assertThat(told.erasesExpired()).isTrue();
        assertThat(told.jcaProvider()).isEqualTo("SunJCE");
    }

    @Test
    void of_anchorByTheFile_isMadeOnceForAllCachesAndClosedWithTheManager() {
        var settings = "{ \"defaults\": { \"store\": \"encrypted\", \"key\": { \"env\": \"K\" }, \"anchor\": \""
                + ClosingAnchor.class.getName() + "\" }, \"caches\": { \"books\": {} } }";
        var anchor = (ClosingAnchor) encryption(settings).anchor();
        assertThat(encryption(settings).anchor()).isSameAs(anchor);
        assertThat(anchor.closed).isFalse();

        keys.close();
        assertThat(anchor.closed).isTrue();
    }

    @Test
    void of_anchorByCode_isThat() {
        var anchor = new ClosingAnchor();
        var store = StoreConfiguration.log()
                .setEncryption(new EncryptionConfiguration()
                        .setKeys(KeyVariable.named("K"))
                        .setAnchor(anchor));

        assertThat(encryption(store).anchor()).isSameAs(anchor);
        assertThat(encryption(StoreConfiguration.encrypted(KeyVariable.named("K")))
                        .anchor())
                .isNull();
    }

    /** Remembers nothing, but whether it was closed. */
    public static final class ClosingAnchor implements RollbackAnchor, Closeable {
        private boolean closed;

        @Override
        public long remembered(String counter) {
            return 0;
        }

        @Override
        public void advance(String counter, long number) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void of_encryptedByCode_isToldTheSame() {
        var told = encryption(StoreConfiguration.encrypted(KeyVariable.named("ACME_KEY")));

        assertThat(told.keys()).isEqualTo(KeyVariable.named("ACME_KEY"));
        assertThat(told.erasesExpired()).isFalse();
        assertThat(told.jcaProvider()).isNull();
    }

    @Test
    void of_twoCachesWithOnePassphrase_shareItsHolder() {
        var store = StoreConfiguration.encrypted(Passphrase.ofVariable("ACME_WORDS"));
        var same = StoreConfiguration.encrypted(Passphrase.ofVariable("ACME_WORDS"));
        var another = StoreConfiguration.encrypted(Passphrase.ofVariable("OTHER_WORDS"));

        assertThat(encryption(store).keys())
                .isSameAs(encryption(same).keys())
                .isNotSameAs(encryption(another).keys());
    }

    @Test
    void of_factoryThatMakesNothing_isRefused() {
        var store = StoreConfiguration.log().setEncryption(new EncryptionConfiguration().setKeys(new NothingFactory()));

        assertThatThrownBy(() -> encryption(store))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cache \"books\": the factory " + NothingFactory.class.getName()
                        + " has made null instead of a KeyProvider");
    }

    @Test
    void delete_encrypted_needsNoKey() {
        var configuration = StoreConfiguration.log()
                .setEncryption(new EncryptionConfiguration()
                        .setKeys(new NothingFactory())
                        .setErase(Erase.EXPIRED));

        places(settings("{ }")).delete("books", configuration);
        places(settings(CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"file\": \"/none\" }")))
                .delete("books");
    }

    @Test
    void close_holder_isClosedOnce() {
        var holder = new Holder();
        encryption(StoreConfiguration.encrypted(holder));

        keys.close();
        keys.close();

        assertThat(holder.closed).isOne();
    }

    /** Makes nothing. */
    private static final class NothingFactory implements Factory<KeyProvider> {
        private static final long serialVersionUID = 1L;

        @Override
        public KeyProvider create() {
            return null;
        }
    }

    /** Can be closed, and nothing else. */
    private static final class Holder implements KeyProvider, Closeable {
        private int closed;

        @Override
        public String keyId() {
            throw new AssertionError("Nobody has opened a store");
        }

        @Override
        public WrappedKey wrap(byte[] key, byte[] context) {
            throw new AssertionError("Nobody has opened a store");
        }

        @Override
        public byte[] unwrap(WrappedKey wrapped, byte[] context) {
            throw new AssertionError("Nobody has opened a store");
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
