/**
 * Internal. What a manager was told beside the calls of its API: the file {@code coffer.json}, properties, and how both fill in
 * the configuration of a cache.
 */
@NullMarked
package io.coffer.config;

import org.jspecify.annotations.NullMarked;
