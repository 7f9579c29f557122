package io.coffer.example;

/**
 * A question that takes long to answer. Each implementation is the bean of the same name as its cache, and shows other
 * annotations.
 */
interface Lookup {

    /** What may be asked, for the page. */
    String prompt();

    /** A question that has an answer, for the page. */
    String example();

    /** Searches, or takes the answer from the cache. */
    Answer ask(String question);

    /** Removes one answer from the cache. */
    void forget(String question);

    /** Removes all answers from the cache. */
    void forgetAll();
}
