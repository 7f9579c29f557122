package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentSummaryTest {
    private final List<LogRecord> records = Samples.records(Samples.segment(), Samples.framing());

    private static SegmentSummary sumUp(List<LogRecord> records) {
        var tally = new SegmentTally();
        records.forEach(tally::add);
        return tally.summary();
    }

    @Test
    void of_footer_isTheSumOfTheRecordsBefore() {
        var footer = records.get(records.size() - 1);
        var before = records.subList(0, records.size() - 1);

        assertThat(footer.type()).isEqualTo(RecordType.FOOTER);
        assertThat(SegmentSummary.of(footer)).isEqualTo(sumUp(before));
        assertThat(SegmentSummary.of(footer))
                .isEqualTo(new SegmentSummary(9, sumUp(before).chain(), 42, 49, LogFormat.ETERNAL));
    }

    @Test
    void summary_nothing_isZero() {
        assertThat(new SegmentTally().summary()).isEqualTo(new SegmentSummary(0, 0, 0, 0, 0));
    }

    @Test
    void summary_recordMissingTwiceOrSwapped_isAnother() {
        var whole = sumUp(records);
        for (int i = 0; i < records.size(); i++) {
            var missing = new ArrayList<>(records);
            missing.remove(i);
            assertThat(sumUp(missing).chain()).isNotEqualTo(whole.chain());
            var twice = new ArrayList<>(records);
            twice.add(i, records.get(i));
            assertThat(sumUp(twice).chain()).isNotEqualTo(whole.chain());
            for (int j = 0; j < i; j++) {
                var swapped = new ArrayList<>(records);
                swapped.set(i, records.get(j));
                swapped.set(j, records.get(i));
                assertThat(sumUp(swapped).chain()).isNotEqualTo(whole.chain());
            }
        }
    }

    @Test
    void summary_syncMarks_areNoChanges() {
        var tally = new SegmentTally();
        tally.add(RecordType.SYNC, 99, LogFormat.ETERNAL, 1);
        tally.add(RecordType.REMOVE, 7, 5_000, 2);
        tally.add(RecordType.PUT, 3, 1_000, 3);
        tally.add(RecordType.TOUCH, 8, 2_000, 4);

        var summary = tally.summary();
        assertThat(summary.records()).isEqualTo(4);
        assertThat(summary.minSequence()).isEqualTo(3);
        assertThat(summary.maxSequence()).isEqualTo(8);
        assertThat(summary.latestDeadline()).isEqualTo(2_000);
    }
}
