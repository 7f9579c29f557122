package io.coffer.concurrency;

import java.io.Serializable;

/** A key that lets other threads run while it is looked up. As a record of an int, it is shared even where copies are stored. */
record TurbulentKey(int number) implements Serializable {

    @Override
    public boolean equals(Object other) {
        Turbulence.pass();
        return other instanceof TurbulentKey key && key.number == number;
    }

    @Override
    public int hashCode() {
        Turbulence.pass();
        return number;
    }
}
