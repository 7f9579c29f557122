package io.coffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.StoreConfiguration.OnFull;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.StoreConfiguration.OnUndecodable;
import io.coffer.crypto.KeyVariable;
import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.cache.configuration.FactoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a cache is kept on disk, set in code. */
class StoreConfigurationTest {

    static List<UnaryOperator<StoreConfiguration>> setters() {
        return List.of(
                store -> store.setDurability(Durability.NONE),
                store -> store.setSyncInterval(Duration.ofMillis(1)),
                store -> store.setStrict(true),
                store -> store.setOnLocked(OnLocked.MEMORY),
                store -> store.setRecovery(Recovery.SALVAGE),
                store -> store.setOnUndecodable(OnUndecodable.THROW),
                store -> store.setAllow("com.acme.**"),
                store -> store.setMaxRecordBytes(1),
                store -> store.setMaxDiskBytes(1 << 20),
                store -> store.setMinFreeDiskBytes(1),
                store -> store.setOnFull(OnFull.REJECT),
                store -> store.setEncryption(new EncryptionConfiguration().setKeys(KeyVariable.named("ACME_KEY"))));
    }

    @Test
    void log_asItIs_hasTheDefaultsOfTheDocuments() {
        var store = StoreConfiguration.log();

        assertThat(store.getStorage()).isNull();
        assertThat(store.getDurability()).isEqualTo(Durability.INTERVAL);
        assertThat(store.getSyncInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(store.isStrict()).isFalse();
        assertThat(store.getOnLocked()).isEqualTo(OnLocked.FAIL);
        assertThat(store.getRecovery()).isEqualTo(Recovery.POINT_IN_TIME);
        assertThat(store.getOnUndecodable()).isEqualTo(OnUndecodable.REMOVE);
        assertThat(store.getAllow()).isEmpty();
        assertThat(store.getMaxRecordBytes()).isEqualTo(64 << 20);
        assertThat(store.getMaxDiskBytes()).isZero();
        assertThat(store.getMinFreeDiskBytes()).isZero();
        assertThat(store.getOnFull()).isEqualTo(OnFull.EVICT);
    }

    @ParameterizedTest
    @MethodSource("setters")
    void setter_each_returnsItselfAndTellsItApart(UnaryOperator<StoreConfiguration> setter) {
        var store = StoreConfiguration.log();

        assertThat(setter.apply(store)).isSameAs(store);
        assertThat(store).isNotEqualTo(StoreConfiguration.log());
        assertThat(store)
                .isEqualTo(setter.apply(StoreConfiguration.log()))
                .hasSameHashCodeAs(setter.apply(StoreConfiguration.log()));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void copy_each_isEqualAndApart(UnaryOperator<StoreConfiguration> setter) {
        var store = setter.apply(StoreConfiguration.log());

        var copy = new StoreConfiguration(store);

        assertThat(copy).isEqualTo(store).isNotSameAs(store);
        assertThat(copy.setStrict(!copy.isStrict())).isNotEqualTo(store);
    }

    @Test
    void of_storageOfTheUser_isNoLog() {
        var factory = FactoryBuilder.factoryOf(Storage.class);

        assertThat(StoreConfiguration.of(factory).getStorage()).isEqualTo(factory);
        assertThat(StoreConfiguration.of(factory))
                .isEqualTo(StoreConfiguration.of(FactoryBuilder.factoryOf(Storage.class)))
                .isNotEqualTo(StoreConfiguration.log());
        assertThatThrownBy(() -> StoreConfiguration.of(null))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("storage == null");
    }

    @Test
    void setAllow_listThatIsChangedAfterwards_isACopy() {
        var patterns = new ArrayList<>(List.of("com.acme.Order"));
        var store = StoreConfiguration.log().setAllow(patterns);

        patterns.add("org.acme.*");

        assertThat(store.getAllow()).containsExactly("com.acme.Order");
        assertThatThrownBy(() -> store.getAllow().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "**",
                "com.acme.***",
                "com.acme.Ord*",
                "com..acme",
                ".x",
                "x.",
                "a b",
                "!a",
                "a/b",
                "a[]"
            })
    void setAllow_noPattern_isRefusedWordForWord(String pattern) {
        var store = StoreConfiguration.log();

        assertThatThrownBy(() -> store.setAllow("com.acme.**", pattern))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "allow has \"" + pattern + "\"; right is the full name of a class, com.acme.* for a package,"
                                + " or com.acme.** for the packages below it, too");
        assertThat(store.getAllow()).isEmpty();
    }

    @Test
    void setters_wrongNumbers_areRefusedWordForWord() {
        var store = StoreConfiguration.log();

        assertThatThrownBy(() -> store.setMaxRecordBytes(0))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRecordBytes is 0; right is a number from 1 to 134217728");
        assertThatThrownBy(() -> store.setMaxRecordBytes((128 << 20) + 1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRecordBytes is 134217729; right is a number from 1 to 134217728");
        for (long wrong : new long[] {-1, 1, (1 << 20) - 1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> store.setMaxDiskBytes(wrong))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxDiskBytes is " + wrong + "; right is a number from 1048576 on, or 0 for no bound");
        }
        assertThatThrownBy(() -> store.setMinFreeDiskBytes(-1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("minFreeDiskBytes is -1; a positive number is a bound, 0 is none");
        assertThatThrownBy(() -> store.setOnFull(null))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("onFull == null");
        assertThatThrownBy(() -> store.setSyncInterval(Duration.ofNanos(999_999)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "syncInterval is PT0.000999999S; right is a millisecond or more, up to what a long can count");
        assertThatThrownBy(() -> store.setSyncInterval(Duration.ofSeconds(Long.MAX_VALUE)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("syncInterval is PT");
        assertThat(store).isEqualTo(StoreConfiguration.log());
    }

    @Test
    void setMaxDiskBytes_zero_takesTheBoundBack() {
        var store = StoreConfiguration.log().setMaxDiskBytes(Long.MAX_VALUE).setMinFreeDiskBytes(Long.MAX_VALUE);

        assertThat(store.setMaxDiskBytes(0).setMinFreeDiskBytes(0)).isEqualTo(StoreConfiguration.log());
    }

    @Test
    void serialization_everySetting_isKept() throws IOException, ClassNotFoundException {
        var store = StoreConfiguration.of(FactoryBuilder.factoryOf(Storage.class));
        setters().forEach(setter -> setter.apply(store));
        var configuration = new CofferConfiguration<String, String>().setStore(store);

        assertThat(reread(configuration)).isEqualTo(configuration);
        assertThat(((CofferConfiguration<?, ?>) reread(configuration)).getStore())
                .isEqualTo(store);
    }

    private static Object reread(Object object) throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void cofferConfiguration_store_isCopiedInAndOut() {
        var store = StoreConfiguration.log();
        var configuration = new CofferConfiguration<String, String>().setStore(store);

        store.setStrict(true);
        configuration.getStore().setStrict(true);

        assertThat(configuration.getStore()).isEqualTo(StoreConfiguration.log());
        assertThat(new CofferConfiguration<>(configuration)).isEqualTo(configuration);
        assertThat(configuration).isNotEqualTo(new CofferConfiguration<>());
        assertThat(configuration.setStore(null)).isEqualTo(new CofferConfiguration<>());
    }
}
