/**
 * Internal. Counters and the beans that show them (JSR-107 section 10): the only place that knows JMX.
 */
@NullMarked
package io.coffer.management;

import org.jspecify.annotations.NullMarked;
