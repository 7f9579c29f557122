package io.coffer.config;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a manager was told of its caches by a file and by properties. Immutable; classes are named in it and found anew for each
 * cache, so it holds no class loader. Safe for use by several threads.
 */
public final class ManagerConfiguration {
    private static final String DEFAULTS = "defaults";
    private static final Set<String> STORE = Set.of("store");
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final String source;
    private final String description;
    private final Path directory;
    private final Map<String, Node> defaults;
    private final Map<String, Node> caches;
    private final Variables variables;

    private ManagerConfiguration(Document document, String description, Path directory, Variables variables) {
        this.source = document.source();
        this.description = description;
        this.directory = directory.toAbsolutePath().normalize();
        this.defaults = document.defaults();
        this.caches = document.caches();
        this.variables = variables;
    }

    /**
     * Reads the configuration of a manager, and checks all of it.
     *
     * @param uri the URI of the manager: of a file, or only a name
     * @param isDefault whether the caller has named none: then {@code coffer.json} at the root of the class path is read, if
     *     it is there
     * @param loader finds resources and classes
     * @param properties those that begin with {@code coffer.} override the file
     * @param environment gives the value of an environment variable, or null
     * @throws javax.cache.CacheException if the file is named but missing, cannot be read, or has errors; it lists all of them
     */
    public static ManagerConfiguration read(
            URI uri,
            boolean isDefault,
            ClassLoader loader,
            Properties properties,
            UnaryOperator<@Nullable String> environment) {
        var file = isDefault ? ConfigurationFile.atRootOf(loader) : new ConfigurationUri(uri, loader).read();
        var description = file == null ? "The configuration of CacheManager " + uri : file.description();
        var problems = new Problems(description);
        var document = Document.of(file, properties, problems);
        var reading = new Reading(new Variables(environment), loader, problems, true);
        var directory = reading.read(document.top(), "directory", DirectoryForm::read);
        var configuration = new ManagerConfiguration(
                document, description, directory == null ? DirectoryForm.DEFAULT : directory, reading.variables());
        configuration.check(loader, problems);
        problems.throwIfAny();
        ForeignConfiguration.warnOfProperties(uri, properties);
        return configuration;
    }

    /** Fills in every cache on trial, and {@code defaults} alone, so that mistakes show when the manager opens. */
    private void check(ClassLoader loader, Problems problems) {
        var reading = new Reading(variables, loader, problems, true);
        Settings.fillIn(new CofferConfiguration<>(), defaults, reading);
        caches.forEach((name, node) -> {
            var own = new CofferConfiguration<>();
            Settings.fillIn(own, node.members(), reading); // without the defaults: their mistakes have been told
            var whole = new CofferConfiguration<>();
            var told = new Problems(source);
            Settings.fillIn(whole, settingsOf(name), new Reading(variables, loader, told, true));
            if (!told.areIn(node.path(), STORE) && !told.areIn(DEFAULTS, STORE)) {
                refuseWhatNothingComesOf(whole.getStore(), node.members(), problems);
            }
            for (var found : ConfigurationCheck.contradictions(whole)) {
                boolean mayFollow = told.areIn(node.path(), found.settings()) || told.areIn(DEFAULTS, found.settings());
                if (!mayFollow) { // from what is told already
                    var setting = node.members().get(found.about());
                    problems.add(setting == null ? node.place() : setting.namedAt(), node.path(), found.text());
                }
            }
        });
    }

    private static void refuseWhatNothingComesOf(
            @Nullable StoreConfiguration store, Map<String, Node> own, Problems problems) {
        if (store == null) {
            StoreSettings.refuseWithoutStore(own, problems);
        }
        if (store == null || store.getEncryption() == null) {
            EncryptionSettings.refuseWithoutEncryption(own, problems);
        }
    }

    /** Returns where the settings come from, for messages. */
    public String source() {
        return source;
    }

    /** Returns the names of the caches that there shall be. */
    public Set<String> cacheNames() {
        return caches.keySet();
    }

    /**
     * Sets whatever a configuration has left at its default and the file, or a property, says: for the cache of that name or,
     * if it does not, in {@code defaults}.
     *
     * @param configuration is changed
     * @param loader finds the classes that are named
     * @return the same
     * @throws javax.cache.CacheException if a class that was there when the manager opened is no longer found
     */
    @SuppressWarnings("unchecked") // a file says nothing of type parameters
    public <K, V> CofferConfiguration<K, V> fillIn(
            String cacheName, CofferConfiguration<K, V> configuration, @Nullable ClassLoader loader) {
        var problems = new Problems(description);
        var reading = new Reading(variables, loader, problems, false);
        Settings.fillIn((CofferConfiguration<Object, Object>) configuration, settingsOf(cacheName), reading);
        boolean isInherited = inheritsStore(cacheName, reading);
        var said = storeOf(cacheName, reading);
        problems.throwIfAny();
        Persistence.tell(cacheName, configuration, isInherited, source);
        Persistence.tellOfClearText(cacheName, configuration.getStore(), said, source);
        if (!caches.containsKey(cacheName)) {
            Suggestion.nearest(caches.keySet(), cacheName)
                    .ifPresent(near -> LOG.log(
                            Level.INFO,
                            "Cache \"" + cacheName + "\" is not named in " + source + ", which names \"" + near
                                    + "\"; it has the settings of its defaults only"));
        }
        return configuration;
    }

    private boolean inheritsStore(String cacheName, Reading reading) {
        var own = caches.get(cacheName);
        return (own == null || !own.members().containsKey("store"))
                && reading.read(defaults, "store", StoreForm::read) != null;
    }

    /**
     * Returns how the file, or a property, says that a cache is kept on disk, even if it does not persist that one; null for in memory.
     *
     * @param loader finds the class that is named
     * @throws javax.cache.CacheException if a class that was there when the manager opened is no longer found
     */
    public @Nullable StoreConfiguration storeOf(String cacheName, @Nullable ClassLoader loader) {
        var problems = new Problems(description);
        var reading = new Reading(variables, loader, problems, false);
        var store = storeOf(cacheName, reading);
        problems.throwIfAny();
        return store;
    }

    private @Nullable StoreConfiguration storeOf(String cacheName, Reading reading) {
        var own = caches.get(cacheName);
        var members = own != null && own.members().containsKey("store") ? own.members() : defaults;
        return reading.read(members, "store", StoreForm::read);
    }

    /** Returns where the stores of all caches are; absolute. */
    public Path directory() {
        return directory;
    }

    /** Returns where the store of a cache is: in the directory, under a name that is valid everywhere and no other cache's. */
    public Path folderOf(String cacheName) {
        return directory.resolve(FolderName.of(cacheName));
    }

    /** Tells whether that folder is there, whoever has made it. */
    public boolean hasFolderOf(String cacheName) {
        return Files.isDirectory(folderOf(cacheName));
    }

    private Map<String, Node> settingsOf(String cacheName) {
        var settings = new LinkedHashMap<>(defaults);
        settings.keySet().removeIf(setting -> HibernateRegions.isWithheld(setting, cacheName));
        var own = caches.get(cacheName);
        if (own != null) {
            settings.putAll(own.members());
        }
        return settings;
    }
}
