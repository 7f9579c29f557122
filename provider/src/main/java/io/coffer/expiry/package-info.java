/**
 * Internal. The TTL layer: turns the answers of an ExpiryPolicy into deadlines, and removes what has expired unseen.
 */
@NullMarked
package io.coffer.expiry;

import org.jspecify.annotations.NullMarked;
