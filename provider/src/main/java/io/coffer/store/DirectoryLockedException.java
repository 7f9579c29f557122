package io.coffer.store;

import java.io.IOException;

/** A directory belongs to somebody else. The message says to whom, and since when. */
public final class DirectoryLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    DirectoryLockedException(String message) {
        super(message);
    }
}
