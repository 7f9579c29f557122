package io.coffer.conformance;

import java.util.SortedSet;

/** A call of a CacheLoader: its method and the keys it was asked for. */
record Load(String method, SortedSet<String> keys) {}
