package io.coffer.conformance;

import java.util.function.IntFunction;

/** How values are held, and of what kind they are. */
enum Storing {
    TEXT_BY_REFERENCE(false, number -> "v" + number),
    CELL_BY_REFERENCE(false, Cell::new),
    TEXT_BY_VALUE(true, number -> "v" + number),
    CELL_BY_VALUE(true, Cell::new);

    /** The number of no value at all. */
    static final int NULL = -1;

    /** Values are numbered from 0 to this, exclusively; few, so that comparisons often succeed. */
    static final int VALUES = 4;

    private final boolean byValue;
    private final IntFunction<Object> values;

    Storing(boolean byValue, IntFunction<Object> values) {
        this.byValue = byValue;
        this.values = values;
    }

    boolean byValue() {
        return byValue;
    }

    /** A fresh value: no two calls share one that can change. */
    Object value(int number) {
        return number == NULL ? null : values.apply(number % VALUES);
    }
}
