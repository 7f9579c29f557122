/**
 * Internal. The log store: segments of records, a manifest that says which segments count, an index that says where each key lies.
 * What lies on disk is told byte by byte in docs/file-format.md. Knows neither JCache nor objects, only bytes and deadlines.
 */
@NullMarked
package io.coffer.store.log;

import org.jspecify.annotations.NullMarked;
