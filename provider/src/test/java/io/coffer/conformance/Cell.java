package io.coffer.conformance;

import java.io.Serial;
import java.io.Serializable;

/** A value that can change after it was handed over, which a cache that stores by value must not notice. */
final class Cell implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Changed by {@link #spoil()} alone. */
    private int number;

    Cell(int number) {
        this.number = number;
    }

    /** Becomes another value out of the same few. */
    void spoil() {
        number ^= 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell && cell.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return "v" + number;
    }
}
