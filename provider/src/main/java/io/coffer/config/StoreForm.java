package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.spi.Storage;
import org.jspecify.annotations.Nullable;

/** The form of {@code store}: where entries live beside the heap. */
final class StoreForm {
    private static final String MEMORY = "memory";
    private static final String LOG = "log";
    private static final String ENCRYPTED = "encrypted";
    private static final String JSON = "json";

    /** Why a setting of a later store is refused. */
    static final String REFUSAL_OF_LATER =
            "belongs to the JSON store, which this version does not have; to encrypt a log store, set \"store\": \"encrypted\" and \"key\"";

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
        if (ENCRYPTED.equals(name)) {
            return StoreConfiguration.log().setEncryption(new EncryptionConfiguration());
        }
        if (JSON.equals(name)) {
            throw new UnfitException("store " + node.found()
                    + " is not built yet; this version has \"log\", \"encrypted\" and \"memory\"");
        }
        if (name == null || name.indexOf('.') < 0) {
            throw Quantities.unfit(
                    node,
                    "\"memory\", \"log\", \"encrypted\", or the full name of a class that implements"
                            + " io.coffer.spi.Storage");
        }
        return StoreConfiguration.of(reading.<Storage>factoryOf(node, Storage.class));
    }
}
