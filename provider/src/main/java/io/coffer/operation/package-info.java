/**
 * Internal. What the operations of a cache mean, as pure functions, and the one order in which their effects are carried out.
 */
@NullMarked
package io.coffer.operation;

import org.jspecify.annotations.NullMarked;
