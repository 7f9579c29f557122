package io.coffer.store.log;

/**
 * Open addressing over an array of longs, in the order of the fingerprints: a slot's home is its head scaled to the table, it lies
 * there or behind, and no slot lies before one with a lesser head. So a search ends at the first greater head, growing and sweeping are
 * one pass from left to right, and the table may have any length, not only powers of two. Nothing is wrapped around: behind the last
 * home lie some spare slots, of which the last stays empty and ends every search.
 *
 * <pre>
 * slots[0]        number of homes
 * slots[1 + 3i]   head of the fingerprint, 0 in an empty slot
 * slots[2 + 3i]   8 more bits of it, location 56
 * slots[3 + 3i]   24 more bits of it, deadline 40
 * </pre>
 *
 * <p>Pure functions of the array; who calls them guards it. {@link #find} ends and stays within the array even while another thread
 * changes it, though what it returns is then worth nothing.
 */
final class SlotTable {
    static final int FIRST = 1;
    static final int WIDTH = 3;

    private static final int SPARE_MIN = 3;
    private static final int SPARE_MAX = 40;
    private static final int SLOTS_PER_SPARE = 32;
    private static final int TAIL_BITS_BESIDE_DEADLINE = Long.SIZE - SlotDeadline.BITS;
    private static final long LOCATION_MASK = (1L << Location.BITS) - 1;
    private static final long DEADLINE_MASK = (1L << SlotDeadline.BITS) - 1;

    private SlotTable() {}

    /** Returns an empty table of so many slots. */
    static long[] of(int slots) {
        var table = new long[FIRST + slots * WIDTH];
        table[0] = (long) slots - Math.min(SPARE_MAX, SPARE_MIN + slots / SLOTS_PER_SPARE);
        return table;
    }

    /** Returns how many slots a table has, the last of which stays empty. */
    static int capacity(long[] table) {
        return (table.length - FIRST) / WIDTH;
    }

    /** Returns where a fingerprint lies, or the complement of where it would go. Of the head so many bits are common to all of a table. */
    static int find(long[] table, int commonBits, long head, int tail) {
        for (int at = home(table, commonBits, head); ; at += WIDTH) {
            long found = table[at];
            if (found == head && tail(table, at) == tail) {
                return at;
            }
            // True for a greater head and for 0, an empty slot, which the subtraction turns into the greatest.
            if (Long.compareUnsigned(found - 1, head) >= 0) {
                return ~at;
            }
        }
    }

    /** Returns what lies at a fingerprint's home, whatever that is. */
    static long peek(long[] table, int commonBits, long head) {
        return table[home(table, commonBits, head)];
    }

    private static int home(long[] table, int commonBits, long head) {
        return FIRST + WIDTH * (int) ((((head << commonBits) >>> Integer.SIZE) * table[0]) >>> Integer.SIZE);
    }

    static int tail(long[] table, int at) {
        return ((int) (table[at + 1] >>> Location.BITS) << TAIL_BITS_BESIDE_DEADLINE)
                | (int) (table[at + 2] >>> SlotDeadline.BITS);
    }

    static long location(long[] table, int at) {
        return table[at + 1] & LOCATION_MASK;
    }

    static long deadline(long[] table, int at) {
        return table[at + 2] & DEADLINE_MASK;
    }

    static void set(long[] table, int at, long head, int tail, long location, long deadline) {
        table[at] = head;
        table[at + 1] = ((long) (tail >>> TAIL_BITS_BESIDE_DEADLINE) << Location.BITS) | location;
        table[at + 2] = ((long) tail << SlotDeadline.BITS) | deadline;
    }

    static void setLocation(long[] table, int at, long location) {
        table[at + 1] = (table[at + 1] & ~LOCATION_MASK) | location;
    }

    static void setDeadline(long[] table, int at, long deadline) {
        table[at + 2] = (table[at + 2] & ~DEADLINE_MASK) | deadline;
    }

    /** Moves slots behind to make room at a place. Returns false, and does nothing, if that would need the slot that stays empty. */
    static boolean open(long[] table, int at) {
        int empty = at;
        while (table[empty] != 0) {
            empty += WIDTH;
        }
        if (empty + WIDTH == table.length) {
            return false;
        }
        System.arraycopy(table, at, table, at + WIDTH, empty - at);
        return true;
    }

    /** Empties a slot and moves those behind it that would not be found any more. */
    static void close(long[] table, int commonBits, int at) {
        int end = at + WIDTH;
        while (table[end] != 0 && home(table, commonBits, table[end]) < end) {
            end += WIDTH;
        }
        System.arraycopy(table, at + WIDTH, table, at, end - at - WIDTH);
        clear(table, end - WIDTH);
    }

    /** Empties a slot, and nothing else. */
    static void clear(long[] table, int at) {
        table[at] = 0;
        table[at + 1] = 0;
        table[at + 2] = 0;
    }

    /**
     * Copies the slots of a range of heads into an empty table, in one pass.
     *
     * @param from where the first one lies or an empty slot before it
     * @param count how many there are
     * @return false if the table had no room at its end; it is of no use then
     */
    static boolean copy(long[] source, int from, int count, long[] target, int commonBits) {
        int next = FIRST;
        int at = from;
        for (int copied = 0; copied < count; copied++, at += WIDTH) {
            while (source[at] == 0) {
                at += WIDTH;
            }
            next = Math.max(next, home(target, commonBits, source[at]));
            if (next + WIDTH == target.length) {
                return false;
            }
            System.arraycopy(source, at, target, next, WIDTH);
            next += WIDTH;
        }
        return true;
    }

    /** Moves a slot to the place it has after some before it were emptied; places only move to the left. Returns the place behind it. */
    static int settle(long[] table, int commonBits, int at, int next) {
        int place = Math.max(next, home(table, commonBits, table[at]));
        if (place != at) {
            System.arraycopy(table, at, table, place, WIDTH);
            clear(table, at);
        }
        return place + WIDTH;
    }
}
