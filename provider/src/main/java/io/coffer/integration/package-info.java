/**
 * Internal. Read-through and write-through (JSR-107 section 7): the only callers of CacheLoader and CacheWriter.
 */
@NullMarked
package io.coffer.integration;

import org.jspecify.annotations.NullMarked;
