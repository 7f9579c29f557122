/**
 * Where the core and its plugs meet: what a user may implement to extend Coffer. Knows nothing else of ours.
 */
@NullMarked
package io.coffer.spi;

import org.jspecify.annotations.NullMarked;
