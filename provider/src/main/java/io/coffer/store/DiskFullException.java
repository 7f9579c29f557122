package io.coffer.store;

import java.io.IOException;

/** There is no room: the disk is full, a quota is used up, or a file has reached the largest size that is allowed. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
