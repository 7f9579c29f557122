/**
 * Coffer, a JCache (JSR-107) provider: what a user names beside {@code javax.cache} itself.
 */
@NullMarked
package io.coffer;

import org.jspecify.annotations.NullMarked;
