package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ReadBuffersTest {
    private final ReadBuffers buffers = new ReadBuffers();

    @Test
    void take_given_isTheSame() {
        var place = buffers.take(5);
        var onDisk = place.onDisk(10);
        buffers.give(5, place);

        assertThat(buffers.take(5)).isSameAs(place);
        assertThat(place.onDisk(20)).isSameAs(onDisk);
        assertThat(onDisk.remaining()).isEqualTo(20);
        assertThat(place.onDisk(ReadBuffers.BYTES_MAX).remaining()).isEqualTo(ReadBuffers.BYTES_MAX);
    }

    @Test
    void take_whileOthersHaveTheirs_isAnother() {
        var places = new HashSet<ReadBuffers.Place>();
        for (int i = 0; i < 2 * Stripe.COUNT; i++) {
            places.add(buffers.take(5));
        }

        assertThat(places).hasSize(2 * Stripe.COUNT);
    }

    @Test
    void give_always_wipesWhatWasDecrypted() {
        var place = buffers.take(5);
        var opened = place.opened(3);
        opened.put(0, new byte[] {1, 2, 3});
        buffers.give(5, place);

        assertThat(opened.array()).containsOnly(0);
    }
}
