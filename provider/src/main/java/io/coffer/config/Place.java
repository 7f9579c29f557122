package io.coffer.config;

/**
 * Where something was said: a position in a file, or a property.
 *
 * @param name of the file, without its folders, or of the property
 * @param line from 1 on, or 0 if there are no lines
 * @param column from 1 on
 */
record Place(String name, int line, int column) {

    static Place ofProperty(String name) {
        return new Place("property " + name, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? name : name + ":" + line + ":" + column;
    }
}
