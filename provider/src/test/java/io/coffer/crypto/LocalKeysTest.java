package io.coffer.crypto;

import static io.coffer.crypto.Secrets.CONTEXT;
import static io.coffer.crypto.Secrets.INNER;
import static io.coffer.crypto.Secrets.base64;
import static io.coffer.crypto.Secrets.hex;
import static io.coffer.crypto.Secrets.keys;
import static io.coffer.crypto.Secrets.opens;
import static io.coffer.crypto.Secrets.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.spi.WrappedKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LocalKeysTest {

    @Test
    void unwrap_whatWasWrapped_isTheKey() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);

        assertThat(opens(keys(hex(1)), wrapped)).isTrue();
        assertThat(wrapped.keyId()).isEqualTo(keys(base64(1)).keyId()).matches("[0-9a-f]{16}");
    }

    @Test
    void unwrap_byAnotherKey_namesBothIds() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);

        assertThat(refusal(() -> keys(base64(2)).unwrap(wrapped, CONTEXT)))
                .isEqualTo("Environment variable ACME_KEY has the key "
                        + keys(base64(2)).keyId() + ", not " + keys(base64(1)).keyId() + ".");
    }

    @Test
    void unwrap_byOneOfSeveral_succeeds() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);
        var both = keys(base64(2) + "," + base64(1));

        assertThat(opens(both, wrapped)).isTrue();
        assertThat(both.wrap(INNER, CONTEXT).keyId()).isEqualTo(keys(base64(2)).keyId());
    }

    @Test
    void unwrap_inAnotherContext_isRefused() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);

        assertThat(refusal(() -> keys(base64(1)).unwrap(wrapped, new byte[] {1})))
                .contains("is the right one, but does not open");
    }

    @Test
    void unwrap_anyBitChanged_isRefused() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);

        for (int bit = 0; bit < wrapped.bytes().length * Byte.SIZE; bit++) {
            var changed = wrapped.bytes().clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            refusal(() -> keys(base64(1)).unwrap(new WrappedKey(wrapped.keyId(), changed), CONTEXT));
        }
    }

    @Test
    void unwrap_cutShort_isRefused() {
        var wrapped = keys(base64(1)).wrap(INNER, CONTEXT);

        for (int length = 0; length < wrapped.bytes().length; length++) {
            var cut = Arrays.copyOf(wrapped.bytes(), length);
            refusal(() -> keys(base64(1)).unwrap(new WrappedKey(wrapped.keyId(), cut), CONTEXT));
        }
    }

    @Test
    void wrap_again_isOtherBytes() {
        var provider = keys(base64(1));
        var seen = new HashSet<String>();

        for (int i = 0; i < 50; i++) {
            assertThat(seen.add(HexFormat.of()
                            .formatHex(provider.wrap(INNER, CONTEXT).bytes())))
                    .isTrue();
        }
    }

    @Test
    void variable_notSet_isNamed() {
        assertThat(refusal(() -> KeyVariable.named("COFFER_NOT_SET").keyId()))
                .isEqualTo("Environment variable COFFER_NOT_SET is not set; set it for this process.");
        assertThat(refusal(() -> keys("").keyId()))
                .isEqualTo("Environment variable ACME_KEY is empty; set it for this process.");
    }

    @Test
    void withJcaProvider_unknown_isRefused() {
        var provider = keys(base64(1)).withJcaProvider("Nobody");

        assertThatThrownBy(provider::keyId)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SunJCE");
    }

    @Test
    void withJcaProvider_another_hasTheSameKeys() {
        var wrapped = keys(base64(1)).withJcaProvider("SunJCE").wrap(INNER, CONTEXT);

        assertThat(opens(keys(base64(1)), wrapped)).isTrue();
    }

    @Test
    void equals_samePlace_isEqual() {
        assertThat(KeyVariable.named("A")).isEqualTo(KeyVariable.named("A")).hasSameHashCodeAs(KeyVariable.named("A"));
        assertThat(KeyVariable.named("A")).isNotEqualTo(KeyVariable.named("B"));
        assertThat(KeyVariable.named("A")).isNotEqualTo(KeyVariable.named("A").withJcaProvider("SunJCE"));
    }
}
