/**
 * Internal. The file system as small as a store needs it: the files of one directory, owned by one store at a time. Engines are
 * written on {@link io.coffer.store.Files} alone, so that a test can put a directory in its place that crashes, fails and lies.
 * Only this package touches the real one.
 */
@NullMarked
package io.coffer.store;

import org.jspecify.annotations.NullMarked;
