package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Says in the log where a cache is not kept as a glance at {@code defaults} may lead one to believe, or where that is risky. */
final class Persistence {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private Persistence() {}

    /**
     * Logs what there is to say of a cache that is about to be made.
     *
     * @param isInherited whether {@code defaults} name a store, and nobody else does
     * @param source of the defaults
     */
    static void tell(String cacheName, CofferConfiguration<?, ?> configuration, boolean isInherited, String source) {
        boolean isOfQueries = HibernateRegions.isOfQueries(cacheName);
        if (configuration.getStore() == null && isInherited) {
            var reason = isOfQueries
                    ? "a region of Hibernate's query cache, which would serve outdated results after a restart"
                    : "stored by reference, so that its objects need not be encodable";
            LOG.log(
                    Level.INFO,
                    "Cache \"" + cacheName + "\" lives in memory only, although the defaults of " + source
                            + " have a store: it is " + reason + ". To keep it on disk all the same, set store in its"
                            + " own entry (setStore)");
        } else if (configuration.getStore() != null && isOfQueries) {
            LOG.log(
                    Level.WARNING,
                    "Cache \"" + cacheName + "\" is a region of Hibernate's query cache and kept on disk, as its own"
                            + " configuration says. After a restart, results may be served that changes of the tables"
                            + " have made outdated: changes by others while the application was down, or changes whose"
                            + " note in the update timestamps is lost");
        }
    }

    /**
     * Warns if a cache is written in the clear that the file says to encrypt, since whoever makes it has said so in code.
     *
     * @param store how it is kept, null for in memory
     * @param said how the file says so
     */
    static void tellOfClearText(
            String cacheName, @Nullable StoreConfiguration store, @Nullable StoreConfiguration said, String source) {
        boolean isClear = store != null && store.getEncryption() == null;
        if (isClear && said != null && said.getEncryption() != null) {
            LOG.log(
                    Level.WARNING,
                    "Cache \"" + cacheName
                            + "\" is written to disk in the clear, as its configuration in code says, although "
                            + source + " has \"store\": \"encrypted\". Leave setStore out, or set its encryption"
                            + " (StoreConfiguration.encrypted)");
        }
    }
}
