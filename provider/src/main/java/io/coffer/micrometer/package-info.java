/**
 * Meters of Micrometer for caches of Coffer; the one package that needs Micrometer, an optional dependency.
 */
@NullMarked
package io.coffer.micrometer;

import org.jspecify.annotations.NullMarked;
