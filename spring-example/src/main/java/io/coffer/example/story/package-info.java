/** The story that the jar tells: it starts the application as a process of its own, kills it, and starts it again. */
@NullMarked
package io.coffer.example.story;

import org.jspecify.annotations.NullMarked;
