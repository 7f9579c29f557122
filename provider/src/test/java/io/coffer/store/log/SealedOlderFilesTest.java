package io.coffer.store.log;

import static io.coffer.store.log.ExchangedFiles.hint;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.log.ExchangedFiles.Made;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Somebody without the key puts files of an encrypted store back as they were, one at a time, or cuts them. */
class SealedOlderFilesTest {
    private ExchangedFiles exchanged;
    private Made made;

    @BeforeEach
    void makeStores() throws IOException {
        exchanged = new ExchangedFiles();
        made = exchanged.made;
    }

    @AfterEach
    void tell(TestInfo test) {
        exchanged.close();
        System.out.println(test.getTestMethod().orElseThrow().getName() + ": " + exchanged.told());
    }

    /** An older manifest or older keys alone may open the store; but then they show what there is. */
    @Test
    void open_olderFilePutIn_showsNothingOlder() throws IOException {
        for (int i = 0; i < made.olds.size(); i++) {
            var old = made.olds.get(i);
            for (var file : old.files().entrySet()) {
                var name = file.getKey();
                boolean isOther =
                        !Arrays.equals(file.getValue(), made.image.files().get(name));
                var image = made.image.with(name, file.getValue());
                var what = name + " of moment " + i;
                exchanged.requireNothingOlder(image, what);
                if (Inventory.isSegment(name) && isOther) {
                    exchanged.requireNoticed(image, what);
                    exchanged.requireNoticed(image.without(hint(name)), what + ", without hints");
                }
                if (old.files().containsKey(hint(name))) {
                    exchanged.requireNothingOlder(
                            image.with(hint(name), old.files().get(hint(name))), what + ", with its hints");
                }
            }
        }
        assertThat(exchanged.opened()).isPositive();
        assertThat(exchanged.refused()).isPositive();
    }

    /** A segment, the manifest or the keys that end too early are noticed wherever that is. Hints are not needed. */
    @Test
    void open_fileCutAnywhere_isNoticed() throws IOException {
        for (var file : made.image.files().entrySet()) {
            var name = file.getKey();
            for (int length = 0; length < file.getValue().length; length++) {
                var image = made.image.with(name, Arrays.copyOf(file.getValue(), length));
                var what = name + " cut to " + length;
                if (HintHeader.isHint(name)) {
                    if (length % 5 == 0) {
                        assertThat(exchanged.found(image, Recovery.POINT_IN_TIME))
                                .as(what)
                                .isEqualTo(made.last);
                    }
                } else if (!name.equals(Reserve.NAME)) {
                    assertThat(exchanged.found(image, Recovery.STRICT)).as(what).isNull();
                    if (length % 11 == 0) {
                        exchanged.requireNothingOlder(image, what);
                    }
                }
            }
        }
    }
}
