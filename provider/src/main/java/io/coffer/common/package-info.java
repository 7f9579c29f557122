/**
 * Internal. Small things that every room needs: unwrapping, closing what the user made, logging once, collecting failures.
 */
@NullMarked
package io.coffer.common;

import org.jspecify.annotations.NullMarked;
