/**
 * Coffer's stores beside other embedded stores, and beside what the disk and the operating system allow.
 *
 * <p>{@code Stores} runs the rows asked for and prints a table for docs/benchmarks.md. An {@link Engine} is what a store looks like
 * here; each has one adapter. Throughput is measured by JMH ({@code StoreBenchmark}), everything else by processes of their own
 * ({@code Filler}, {@code Opener}, {@code Rewriter}).
 */
package io.coffer.benchmarks.store;
