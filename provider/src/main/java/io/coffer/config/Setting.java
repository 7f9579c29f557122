package io.coffer.config;

import io.coffer.CofferConfiguration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A setting of a cache that a file or a property may make.
 *
 * @param name as it is written
 * @param isOpen tells whether a configuration has left it at its default, so that the file has its say
 * @param assignment reads the value and sets it
 */
record Setting(String name, Predicate<CofferConfiguration<?, ?>> isOpen, Assignment assignment) {

    /** Reads a value and sets it. */
    @FunctionalInterface
    interface Assignment {
        void assign(Node node, Reading reading, CofferConfiguration<Object, Object> configuration);
    }

    static <T> Setting of(
            String name,
            Form<T> form,
            Predicate<CofferConfiguration<?, ?>> isOpen,
            BiConsumer<CofferConfiguration<Object, Object>, T> setter) {
        return new Setting(name, isOpen, (node, reading, configuration) -> {
            T value = reading.read(node, form);
            if (value != null) {
                setter.accept(configuration, value);
            }
        });
    }
}
