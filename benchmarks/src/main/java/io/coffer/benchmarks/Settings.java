package io.coffer.benchmarks;

/** What differs between the caches of two rows. */
record Settings(boolean storeByValue, boolean statistics, Expiry expiry) {}
