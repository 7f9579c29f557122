/**
 * Internal. The memory tier: entries, their locks, the form values lie in, when they are due and whom to evict. Knows neither
 * JCache operations nor who listens; changed only by {@code operation}.
 */
@NullMarked
package io.coffer.tier;

import org.jspecify.annotations.NullMarked;
