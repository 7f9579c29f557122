package io.coffer.benchmarks.store;

import java.nio.file.Path;

/**
 * An engine's folder with all entries in it, closed properly, and what filling and opening have told.
 *
 * @param fillSeconds all puts into an empty store, in a fresh JVM
 * @param loadSeconds opening an empty store in a fresh JVM; the median
 * @param openSeconds opening after {@code kill -9} in that JVM and the first get; the median
 * @param jvmSeconds what it took before that until the JVM was there; the median
 * @param heapBytes what the opened store with all entries takes of the heap
 * @param nativeBytes what it takes of memory besides, without the page cache
 * @param diskBytes the size of its files
 * @param presentShare how much of what was put before the kill is there after it
 * @param rewriting null if nobody wants to know, or it has failed
 */
record Prepared(
        Path folder,
        double fillSeconds,
        double loadSeconds,
        double openSeconds,
        double jvmSeconds,
        double heapBytes,
        double nativeBytes,
        double diskBytes,
        double presentShare,
        Rewriting rewriting) {}
