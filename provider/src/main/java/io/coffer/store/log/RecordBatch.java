package io.coffer.store.log;

import io.coffer.store.log.SegmentScan.Found;
import java.io.IOException;

/**
 * Some records of a scan that lie in memory one behind the other, and their keys' fingerprints. Where many are looked up in the index, each
 * waits for memory; together they wait at the same time. Used again and again, by one thread at a time.
 */
final class RecordBatch {
    private static final int RECORDS_MAX = 32;

    private final Warming warming;
    private final Fingerprints fingerprints;
    private final LogRecord[] records = new LogRecord[RECORDS_MAX];
    private final Fingerprint[] prints = new Fingerprint[RECORDS_MAX];
    private final long[] offsets = new long[RECORDS_MAX];
    private int count;

    RecordBatch(Warming warming, Fingerprints fingerprints) {
        this.warming = warming;
        this.fingerprints = fingerprints;
    }

    /** Takes the record that a scan stands at, and those behind it that it has at hand. They are valid until it goes on. */
    void take(SegmentScan scan) throws IOException {
        count = 0;
        do {
            var record = scan.record();
            records[count] = record;
            offsets[count] = scan.offset();
            prints[count] = Hint.print(record, fingerprints);
            count++;
        } while (count < RECORDS_MAX && scan.hasNextAtHand() && scan.next() == Found.RECORD);
        for (int i = 0; i < count; i++) {
            warming.warm(prints[i]);
        }
    }

    int count() {
        return count;
    }

    LogRecord record(int at) {
        return records[at];
    }

    /** Of the record's key; {@link Hint#NO_KEY} if it is about none. */
    Fingerprint print(int at) {
        return prints[at];
    }

    long offset(int at) {
        return offsets[at];
    }
}
