package io.coffer.tier;

import org.jspecify.annotations.Nullable;

/** A queue whose members can leave from the middle in constant time. Not safe for use by several threads: its owner locks. */
final class Chain<L extends Chain.Link<L>> {
    private @Nullable L first;
    private @Nullable L last;

    /** A member of at most one chain at a time. */
    abstract static class Link<L extends Link<L>> {
        private @Nullable L previous;
        private @Nullable L next;
        private @Nullable Chain<L> chain;

        final boolean isLinked() {
            return chain != null;
        }

        final boolean isIn(Chain<?> queried) {
            return chain == queried;
        }

        /** Leaves its chain, if it is in one. */
        final void unlink() {
            if (chain != null) {
                chain.remove(this);
            }
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    /**
     * Appends a link.
     *
     * @throws IllegalStateException if it is in a chain already: it would tie this one into a ring
     */
    void add(L link) {
        Link<L> added = link;
        if (added.isLinked()) {
            throw new IllegalStateException("Expected a link that is in no chain");
        }
        Link<L> before = last;
        if (before == null) {
            first = link;
        } else {
            before.next = link;
            added.previous = last;
        }
        added.chain = this;
        last = link;
    }

    boolean hasSeveral() {
        Link<L> oldest = first;
        return oldest != null && oldest.next != null;
    }

    /** Returns the member that has been in it for the longest time, or null. */
    @Nullable
    L peek() {
        return first;
    }

    /** Takes out the member that has been in it for the longest time, or returns null. */
    @Nullable
    L poll() {
        var oldest = first;
        if (oldest != null) {
            remove(oldest);
        }
        return oldest;
    }

    private void remove(Link<L> link) {
        Link<L> before = link.previous;
        Link<L> after = link.next;
        if (before == null) {
            first = link.next;
        } else {
            before.next = link.next;
        }
        if (after == null) {
            last = link.previous;
        } else {
            after.previous = link.previous;
        }
        link.previous = null;
        link.next = null;
        link.chain = null;
    }
}
