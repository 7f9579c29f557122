package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StoreIdentityTest {
    private static final String FILE = "STORE";

    private final StoreIdentity store = Samples.STORE;

    @Test
    void decode_encoded_isTheSame() throws Exception {
        assertThat(StoreIdentity.decode(store.encode(), FILE)).isEqualTo(store);

        var random = new Random(1);
        for (var description : new String[] {"", "Schlüssel ☃", "x".repeat(LogFormat.DESCRIPTION_BYTES_MAX)}) {
            var another = StoreIdentity.random(random, random.nextLong(), description);
            assertThat(StoreIdentity.decode(another.encode(), FILE)).isEqualTo(another);
        }
    }

    @Test
    void random_twice_hasNothingInCommon() {
        var random = new Random(1);
        var one = StoreIdentity.random(random, 1, "");
        var other = StoreIdentity.random(random, 1, "");

        assertThat(other.id()).isNotEqualTo(one.id());
        assertThat(other.tag()).isNotEqualTo(one.tag());
        assertThat(other.seedLow()).isNotEqualTo(one.seedLow()).isNotEqualTo(other.seedHigh());
        assertThat(other.seedHigh()).isNotEqualTo(one.seedHigh());
    }

    @Test
    void decode_anyBitFlipped_isDamage() {
        Damage.expectForEveryBit(store.encode(), bytes -> StoreIdentity.decode(bytes, FILE));
    }

    @Test
    void decode_cutOrLengthened_isDamage() {
        Damage.expectForEveryCut(store.encode(), bytes -> StoreIdentity.decode(bytes, FILE));
        Damage.expectForBytesAppended(store.encode(), bytes -> StoreIdentity.decode(bytes, FILE));
    }

    @Test
    void decode_lengthThatLies_isDamage() {
        for (int at = 56; at < 60; at++) {
            int place = at;
            assertThatExceptionOfType(DamagedFileException.class)
                    .isThrownBy(() -> StoreIdentity.decode(Damage.resealed(store.encode(), place, 0xFF), FILE));
        }
    }

    @Test
    void decode_descriptionThatIsNoText_isDamage() {
        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> StoreIdentity.decode(Damage.resealed(store.encode(), 70, 0xFF), FILE))
                .withMessageContaining("a description in UTF-8");
    }

    @Test
    void decode_laterVersionOrUnknownSuite_isNotDamage() {
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> StoreIdentity.decode(Damage.resealed(store.encode(), 8, 2), FILE));
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> StoreIdentity.decode(Damage.resealed(store.encode(), 14, 2), FILE));
    }

    @Test
    void encode_descriptionTooLong_isRefused() {
        var tooLong = new StoreIdentity(store.id(), 1, 2, 3, "x".repeat(LogFormat.DESCRIPTION_BYTES_MAX + 1));

        assertThatIllegalArgumentException()
                .isThrownBy(tooLong::encode)
                .withMessage("The description of a store has at most 65535 bytes, found 65536");
    }

    @Test
    void fingerprints_seed_isTheStores() {
        assertThat(store.fingerprints().of(Samples.NOTHING))
                .isEqualTo(new Fingerprint(0xE6A8_25BA_047F_81A3L, 0x9302_55C7_1472_F66DL));
    }

    @Test
    void toString_seed_isNotShown() {
        assertThat(store).hasToString("store 00112233-4455-6677-8899-aabbccddeeff");
    }
}
