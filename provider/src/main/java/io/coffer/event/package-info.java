/**
 * Internal. Who listens to a cache, and in which order he is told: the only caller of listeners and filters (JSR-107 section 8).
 */
@NullMarked
package io.coffer.event;

import org.jspecify.annotations.NullMarked;
