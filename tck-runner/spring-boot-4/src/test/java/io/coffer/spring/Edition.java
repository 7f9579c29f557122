package io.coffer.spring;

/** A key that is a record. */
record Edition(String isbn, int number) {}
