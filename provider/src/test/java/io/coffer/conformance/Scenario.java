package io.coffer.conformance;

import java.util.ArrayList;
import java.util.List;

/** A configuration of the caches to compare. Statistics are always on. */
record Scenario(Expiring expiring, Loading loading, Writing writing, Listening listening, Storing storing) {

    /** Whose durations an entry's deadline comes from. */
    enum Expiring {
        /** Each question may be answered with a duration, zero, null or an exception. */
        SCRIPTED,
        ETERNAL,
        CREATED,
        MODIFIED,
        ACCESSED,
        TOUCHED
    }

    /** Whether there is a CacheLoader, and who uses it. */
    enum Loading {
        NONE,
        ON_DEMAND_ONLY,
        READ_THROUGH
    }

    /** Whether there is a CacheWriter, and whether it is used. */
    enum Writing {
        NONE,
        UNUSED,
        WRITE_THROUGH
    }

    /** Who listens. */
    enum Listening {
        NONE,
        PLAIN,
        OLD_VALUES,
        /** A filter that lets some events through and now and then throws. */
        FILTERED,
        /** A listener that now and then throws. */
        THROWING
    }

    boolean readsThrough() {
        return loading == Loading.READ_THROUGH;
    }

    boolean writesThrough() {
        return writing == Writing.WRITE_THROUGH;
    }

    /** Every combination under a scripted policy, and the standard policies under the richest callbacks. */
    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Loading loading : Loading.values()) {
            for (Writing writing : Writing.values()) {
                for (Listening listening : Listening.values()) {
                    for (Storing storing : Storing.values()) {
                        all.add(new Scenario(Expiring.SCRIPTED, loading, writing, listening, storing));
                    }
                }
            }
        }
        for (Expiring expiring : Expiring.values()) {
            if (expiring != Expiring.SCRIPTED) {
                for (Storing storing : Storing.values()) {
                    all.add(new Scenario(
                            expiring, Loading.READ_THROUGH, Writing.WRITE_THROUGH, Listening.OLD_VALUES, storing));
                }
            }
        }
        return all;
    }
}
