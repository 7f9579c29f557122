/**
 * The log store as operating systems treat it: processes that are killed, disks that are full, owners that compete for one folder,
 * interrupts, and many threads on real files. What a simulated disk can show is tested in {@link io.coffer.store}.
 */
package io.coffer.process;
