/**
 * Coffer beside other JCache providers and a bare {@link java.util.concurrent.ConcurrentHashMap}.
 *
 * <p>{@code Main} runs the rows asked for and prints tables for docs/benchmarks.md. The classes that carry the measured
 * methods are public because JMH generates subclasses of them; nothing here is for use by others.
 */
package io.coffer.benchmarks;
