package io.coffer.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** One of the two caches, with its recorded world. */
final class Side implements AutoCloseable {

    private final World world;
    private final Cache<String, Object> created;
    private final Cache<String, Object> cache;
    private final Statistics statistics;
    private Counts counted = Counts.ZERO;

    Side(Contender contender, String name, World world) {
        this.world = world;
        this.created = contender.create(name, configuration());
        this.cache = contender.disturbance().disturbed(created, world.journal());
        this.statistics = new Statistics(created);
        if (contender.watched()) {
            created.registerCacheEntryListener(watch(world.journal()));
        }
    }

    Outcome perform(Step step) {
        Journal journal = world.journal();
        Performance performance = new Performance(cache, world, step.call());
        journal.open(step);
        String result = performance.result();
        Counts counts = statistics.counts();
        journal.close();
        world.spoilValues();

        boolean several = step.call().verb().touchesSeveral();
        return new Outcome(
                result,
                performance.results(),
                ordered(journal.events(), several, Comparator.comparing(Event::key)),
                ordered(journal.loads(), several, Comparator.comparing(Load::toString)),
                ordered(journal.writes(), several, Comparator.comparing(Write::toString)),
                journal.policyCalls(),
                counts.minus(counted),
                content());
    }

    /** What is known to differ and was kept from this side during its last call. */
    Journal journal() {
        return world.journal();
    }

    /** The live entries. To look at them counts, which is not held against the next call. */
    SortedMap<String, String> content() {
        SortedMap<String, String> content = new TreeMap<>();
        for (Cache.Entry<String, Object> entry : created) {
            content.put(entry.getKey(), entry.getValue().toString());
        }
        counted = statistics.counts();
        return content;
    }

    /** Holds these entries afterwards, unnoticed. */
    void reset(SortedMap<String, String> content) {
        created.clear();
        content.forEach((key, value) ->
                created.put(key, world.scenario().storing().value(Integer.parseInt(value.substring(1)))));
        counted = statistics.counts();
    }

    @Override
    public void close() {
        created.getCacheManager().destroyCache(created.getName());
    }

    private static <T> List<T> ordered(List<T> recorded, boolean several, Comparator<T> order) {
        if (several) {
            recorded.sort(order);
        }
        return recorded;
    }

    private MutableConfiguration<String, Object> configuration() {
        Scenario scenario = world.scenario();
        MutableConfiguration<String, Object> configuration = new MutableConfiguration<String, Object>()
                .setTypes(String.class, Object.class)
                .setStoreByValue(scenario.storing().byValue())
                .setStatisticsEnabled(true)
                .setReadThrough(scenario.readsThrough())
                .setWriteThrough(scenario.writesThrough())
                .setExpiryPolicyFactory(policy());
        if (scenario.loading() != Scenario.Loading.NONE) {
            configuration.setCacheLoaderFactory(() -> new ScriptedLoader(world));
        }
        if (scenario.writing() != Scenario.Writing.NONE) {
            configuration.setCacheWriterFactory(() -> new ScriptedWriter(world));
        }
        if (scenario.listening() != Scenario.Listening.NONE) {
            configuration.addCacheEntryListenerConfiguration(listener(scenario.listening()));
        }
        return configuration;
    }

    private MutableCacheEntryListenerConfiguration<String, Object> listener(Scenario.Listening listening) {
        ScriptedListener listener = new ScriptedListener(world);
        return new MutableCacheEntryListenerConfiguration<>(
                () -> listener,
                listening == Scenario.Listening.FILTERED ? () -> listener : null,
                listening != Scenario.Listening.PLAIN,
                true);
    }

    private static MutableCacheEntryListenerConfiguration<String, Object> watch(Journal journal) {
        CacheEntryRemovedListener<String, Object> watch =
                events -> events.forEach(event -> journal.addAnnouncedRemoval(event.getKey()));
        return new MutableCacheEntryListenerConfiguration<>(() -> watch, null, true, true);
    }

    private Factory<? extends ExpiryPolicy> policy() {
        return switch (world.scenario().expiring()) {
            case SCRIPTED -> () -> new ScriptedPolicy(world);
            case ETERNAL -> EternalExpiryPolicy.factoryOf();
            case CREATED -> CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
            case MODIFIED -> ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
            case ACCESSED -> AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
            case TOUCHED -> TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
        };
    }
}
