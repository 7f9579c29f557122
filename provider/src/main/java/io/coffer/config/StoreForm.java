package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.spi.Storage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of {@code store}: where entries live beside the heap. */
final class StoreForm {
    private static final String MEMORY = "memory";
    private static final String LOG = "log";
    private static final Set<String> PLANNED = Set.of("encrypted", "json");

    /** Why a setting of later stores is refused. */
    static final String REFUSAL_OF_LATER =
            "belongs to the encrypted and the JSON store, which this version does not have";

    private StoreForm() {}

    /** Sets the store, unless {@code defaults} alone name it and the cache stores by reference. */
    static void assign(Node node, Reading reading, CofferConfiguration<Object, Object> configuration) {
        var store = reading.read(node, StoreForm::read);
        if (!(node.isOfDefaults() && !configuration.isStoreByValue())) {
            configuration.setStore(store);
        }
    }

    /** Returns null for a cache that lives in memory. */
    static @Nullable StoreConfiguration read(Node node, Reading reading) {
        var name = node.text() == null ? "" : reading.scalar(node);
        if (MEMORY.equals(name)) {
            return null;
        }
        if (LOG.equals(name)) {
            return StoreConfiguration.log();
        }
        if (name != null && PLANNED.contains(name)) {
            throw new UnfitException("store " + node.found() + " is not built yet; this version has \"log\", which"
                    + " encrypts nothing, and \"memory\"");
        }
        if (name == null || name.indexOf('.') < 0) {
            throw Quantities.unfit(
                    node, "\"memory\", \"log\", or the full name of a class that implements io.coffer.spi.Storage");
        }
        return StoreConfiguration.of(reading.<Storage>factoryOf(node, Storage.class));
    }
}
