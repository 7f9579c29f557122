/**
 * The codecs that come with Coffer. The only place that knows Java serialization and JSON values.
 */
@NullMarked
package io.coffer.codec;

import org.jspecify.annotations.NullMarked;
