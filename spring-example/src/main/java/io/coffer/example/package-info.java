/**
 * A Spring Boot application with Coffer as its JCache provider. Only {@code CacheContents} names Coffer, to show deadlines and what
 * was read from disk; the rest names Spring and {@code javax.cache}, and would run on any provider.
 */
@NullMarked
package io.coffer.example;

import org.jspecify.annotations.NullMarked;
