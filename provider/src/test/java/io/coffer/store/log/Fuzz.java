package io.coffer.store.log;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where Jazzer calls a {@link FuzzTarget}: the one that the system property {@code coffer.fuzz} names. See CONTRIBUTING.md. */
public final class Fuzz {
    /** Damage is told in the log, which is of no interest here. */
    private static final Logger LOGGER = Logger.getLogger("io.coffer");

    private static final FuzzTarget TARGET =
            FuzzTarget.valueOf(System.getProperty("coffer.fuzz", "records").toUpperCase(Locale.ROOT));

    static {
        LOGGER.setLevel(Level.OFF);
    }

    private Fuzz() {}

    /** Called again and again, with inputs that reach what those before have not. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }
}
