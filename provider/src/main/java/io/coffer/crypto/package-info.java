/**
 * Cryptography: the only place that knows {@code javax.crypto}. Algorithms come from the JCA by their names.
 */
@NullMarked
package io.coffer.crypto;

import org.jspecify.annotations.NullMarked;
