package io.coffer.store.log;

import java.util.concurrent.atomic.LongAdder;

/** What one store counts while it is open. Safe for use by several threads. */
final class LogCounters {
    final LongAdder failedWrites = new LongAdder();
    final LongAdder failedReads = new LongAdder();
    final LongAdder damagedEntries = new LongAdder();
    final LongAdder tamperedEntries = new LongAdder();
    final LongAdder syncs = new LongAdder();
    /** What compactions have written. */
    final LongAdder compactedBytes = new LongAdder();

    final LongAdder evictedEntries = new LongAdder();
}
