package io.coffer.example;

/** The names of the caches; {@code coffer.json} says how long an answer stays in each. */
final class Caches {

    static final String COUNTRIES = "countries";
    static final String CURRENCIES = "currencies";
    static final String ZONES = "zones";

    private Caches() {}
}
