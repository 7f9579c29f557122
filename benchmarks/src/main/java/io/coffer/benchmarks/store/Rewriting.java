package io.coffer.benchmarks.store;

/**
 * What writing over all entries again and again has told.
 *
 * @param putsPerSecond without the warming up, as are the times
 * @param medianMicros how long a put took
 * @param p99Micros so long at most for 99 % of the puts
 * @param p999Micros so long at most for 99.9 %
 * @param longestMicros for the slowest
 * @param peakBytes the size of the store's files meanwhile, at most
 * @param endBytes likewise when the last put was through and the store was closed
 */
record Rewriting(
        double putsPerSecond,
        double medianMicros,
        double p99Micros,
        double p999Micros,
        double longestMicros,
        double peakBytes,
        double endBytes) {}
