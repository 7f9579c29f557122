package io.coffer.conformance;

import java.util.SortedMap;

/** A call of a CacheWriter: its method and the entries it was given; what is deleted has an empty value. */
record Write(String method, SortedMap<String, String> entries) {}
