package io.coffer.conformance;

/** An operation of {@link javax.cache.Cache}, by its shape: how many keys it takes and how often it is drawn. */
enum Verb {
    GET(8, Keys.ONE),
    CONTAINS_KEY(4, Keys.ONE),
    PUT(10, Keys.ONE),
    GET_AND_PUT(6, Keys.ONE),
    PUT_IF_ABSENT(8, Keys.ONE),
    REPLACE(5, Keys.ONE),
    REPLACE_IF_EQUAL(8, Keys.ONE),
    GET_AND_REPLACE(5, Keys.ONE),
    REMOVE(5, Keys.ONE),
    REMOVE_IF_EQUAL(6, Keys.ONE),
    GET_AND_REMOVE(4, Keys.ONE),
    GET_ALL(6, Keys.SEVERAL),
    PUT_ALL(6, Keys.SEVERAL),
    REMOVE_KEYS(4, Keys.SEVERAL),
    REMOVE_ALL(2, Keys.NONE),
    CLEAR(1, Keys.NONE),
    ITERATE(4, Keys.NONE),
    INVOKE(24, Keys.ONE),
    INVOKE_ALL(6, Keys.SEVERAL),
    LOAD_ALL(6, Keys.SEVERAL);

    /** How many keys a call names. */
    enum Keys {
        NONE,
        ONE,
        SEVERAL
    }

    private final int weight;
    private final Keys keys;

    Verb(int weight, Keys keys) {
        this.weight = weight;
        this.keys = keys;
    }

    int weight() {
        return weight;
    }

    Keys keys() {
        return keys;
    }

    /** Whether the call may change several entries, whose order among each other the specification leaves open. */
    boolean touchesSeveral() {
        return keys != Keys.ONE;
    }

    boolean runsProcessor() {
        return this == INVOKE || this == INVOKE_ALL;
    }
}
