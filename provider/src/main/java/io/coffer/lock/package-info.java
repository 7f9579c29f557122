/**
 * Internal. Detects that a thread is about to wait for itself, through any number of other threads. Used by whoever parks a
 * thread: the locks of keys ({@code tier}) and the order of events ({@code event}).
 */
@NullMarked
package io.coffer.lock;

import org.jspecify.annotations.NullMarked;
