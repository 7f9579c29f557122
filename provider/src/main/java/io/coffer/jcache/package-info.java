/**
 * The doors of {@code javax.cache}: provider, managers, caches. They check what callers give them and hand it on; what it
 * means is written in {@code operation}.
 */
@NullMarked
package io.coffer.jcache;

import org.jspecify.annotations.NullMarked;
