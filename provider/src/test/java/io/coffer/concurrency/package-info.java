/**
 * Many threads on the same keys. Every observed history is held against {@link io.coffer.concurrency.KeyModel}, which says
 * what one thread alone could have seen ({@link io.coffer.concurrency.LinearizabilityTest}); the races that need two threads
 * at two exact places are staged one by one ({@link io.coffer.concurrency.EntryRaceTest}).
 */
package io.coffer.concurrency;
