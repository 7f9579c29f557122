package io.coffer.spring;

import java.io.Serializable;
import java.util.List;

/** A value that is encoded when it is stored: a list might change, so it is not shared. */
record Book(String isbn, List<String> authors) implements Serializable {

    static Book of(String isbn) {
        return new Book(isbn, List.of("Author of " + isbn));
    }
}
