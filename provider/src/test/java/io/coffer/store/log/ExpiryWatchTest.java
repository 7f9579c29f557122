package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the index must be looked through, and what may go unseen. */
class ExpiryWatchTest {
    private static final long OPENED = 1_000;

    private final AtomicLong nanos = new AtomicLong();
    private final DiskTrouble trouble = new DiskTrouble(nanos::get);
    private final ExpiryWatch watch = new ExpiryWatch(nanos::get, trouble, OPENED);

    @Test
    void begin_nothingIsDue_looksAtNothing() {
        watch.keep(true);
        assertThat(watch.begin(2_000)).as("nobody has looked yet").isTrue();
        watch.end(3_000);

        assertThat(watch.begin(2_999)).isFalse();
        assertThat(watch.begin(3_000)).isTrue();
    }

    @Test
    void note_whileAPassIsUnderWay_countsForTheNextOne() {
        watch.keep(true);
        watch.begin(2_000);
        watch.note(2_500);
        watch.end(3_000);

        assertThat(watch.begin(2_499)).isFalse();
        assertThat(watch.begin(2_500)).isTrue();
    }

    @Test
    void keep_anew_looksOnce() {
        watch.keep(true);
        watch.begin(2_000);
        watch.end(Long.MAX_VALUE);
        watch.keep(true);
        assertThat(watch.begin(9_000)).as("said before").isFalse();

        watch.keep(false);
        watch.keep(true);

        assertThat(watch.begin(9_000)).isTrue();
    }

    @Test
    void mayDrop_somebodyWantsToSee_onlyWhatHadExpiredBeforeOpening() {
        assertThat(watch.mayDrop(OPENED + 1)).as("nobody wants to").isTrue();

        watch.keep(true);

        assertThat(watch.mayDrop(OPENED)).isTrue();
        assertThat(watch.mayDrop(OPENED + 1)).isFalse();
    }

    @Test
    void mayDrop_nobodyHasAskedForTenMinutes_all() {
        watch.keep(true);
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
        assertThat(watch.mayDrop(OPENED + 1)).isFalse();
        nanos.incrementAndGet();
        assertThat(watch.mayDrop(OPENED + 1)).isTrue();

        watch.asked();

        assertThat(watch.mayDrop(OPENED + 1)).isFalse();
    }

    @Test
    void mayDrop_diskIsFull_allUntilThereIsRoom() {
        watch.keep(true);
        trouble.full();
        assertThat(watch.mayDrop(OPENED + 1)).isTrue();

        trouble.over();

        assertThat(watch.mayDrop(OPENED + 1)).isFalse();
    }
}
