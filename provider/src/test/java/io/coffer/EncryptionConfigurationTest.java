package io.coffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.EncryptionConfiguration.Memory;
import io.coffer.crypto.KeyFile;
import io.coffer.crypto.KeyVariable;
import io.coffer.spi.KeyProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a store encrypts, set in code. */
class EncryptionConfigurationTest {

    static List<UnaryOperator<EncryptionConfiguration>> setters() {
        return List.of(
                encryption -> encryption.setKeys(KeyVariable.named("ACME_KEY")),
                encryption -> encryption.setKeys(FactoryBuilder.factoryOf(KeyProvider.class)),
                encryption -> encryption.setErase(Erase.EXPIRED),
                encryption -> encryption.setMemory(Memory.SEALED),
                encryption -> encryption.setJcaProvider("SunJCE"));
    }

    @Test
    void encryption_asItIs_hasTheDefaultsOfTheDocuments() {
        var encryption = new EncryptionConfiguration();

        assertThat(encryption.getKeys()).isNull();
        assertThat(encryption.getErase()).isEqualTo(Erase.ON_DESTROY);
        assertThat(encryption.getMemory()).isEqualTo(Memory.PLAIN);
        assertThat(encryption.getJcaProvider()).isNull();
    }

    @ParameterizedTest
    @MethodSource("setters")
    void setter_each_returnsItselfAndTellsItApart(UnaryOperator<EncryptionConfiguration> setter) {
        var encryption = new EncryptionConfiguration();

        assertThat(setter.apply(encryption)).isSameAs(encryption).isNotEqualTo(new EncryptionConfiguration());
        assertThat(encryption)
                .isEqualTo(setter.apply(new EncryptionConfiguration()))
                .hasSameHashCodeAs(setter.apply(new EncryptionConfiguration()))
                .isEqualTo(new EncryptionConfiguration(encryption));
    }

    @Test
    void setKeys_null_isRefused() {
        assertThatThrownBy(() -> new EncryptionConfiguration().setKeys((KeyProvider) null))
                .hasMessage("keys == null");
        assertThatThrownBy(() -> new EncryptionConfiguration().setKeys((Factory<KeyProvider>) null))
                .hasMessage("keys == null");
    }

    @Test
    void store_encryption_isCopiedInAndOut() {
        var encryption = new EncryptionConfiguration();
        var store = StoreConfiguration.log().setEncryption(encryption);

        encryption.setErase(Erase.EXPIRED);
        store.getEncryption().setErase(Erase.EXPIRED);

        assertThat(store.getEncryption().getErase()).isEqualTo(Erase.ON_DESTROY);
        assertThat(store.setEncryption(null)).isEqualTo(StoreConfiguration.log());
    }

    @Test
    void encrypted_keys_areThoseOfTheFactory() {
        var keys = KeyFile.at(Path.of("/etc/coffer.key"));

        var store = StoreConfiguration.encrypted(keys);

        assertThat(store.getStorage()).isNull();
        assertThat(store.getEncryption().getKeys().create()).isSameAs(keys);
    }
}
