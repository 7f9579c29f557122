package io.coffer.conformance;

import io.coffer.jcache.CacheFixture;
import io.coffer.jcache.CofferCachingProvider;
import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.jsr107.ri.spi.RICachingProvider;

/** The two providers, open for the time of a test class. Named by class, as both are on the class path. */
final class Contenders implements AutoCloseable {

    /** Held, as the log manager forgets loggers that nobody holds. */
    private final Logger cofferLog = Logger.getLogger("io.coffer");

    private final Level cofferLevel = cofferLog.getLevel();
    private final CachingProvider referenceProvider = new RICachingProvider();
    private final CachingProvider cofferProvider = new CofferCachingProvider();
    private final CacheFixture fixture = new CacheFixture(); // for its stores, if this is a run with stores
    private final CacheManager referenceManager = manager(referenceProvider, "reference");
    private final CacheManager cofferManager = manager(cofferProvider, "coffer");

    /** Opens them, and silences Coffer's log: here callbacks fail by the thousand. */
    Contenders() {
        cofferLog.setLevel(Level.OFF);
    }

    Contender reference() {
        return Contender.reference(referenceManager);
    }

    /** The reference implementation in the place of the cache under test. */
    Contender referenceAsSubject() {
        return Contender.subject(manager(referenceProvider, "subject"), UnaryOperator.identity());
    }

    Contender coffer() {
        return Contender.subject(cofferManager, fixture::completed);
    }

    @Override
    public void close() {
        referenceProvider.close();
        cofferProvider.close();
        fixture.close();
        cofferLog.setLevel(cofferLevel);
    }

    private static CacheManager manager(CachingProvider provider, String name) {
        return provider.getCacheManager(URI.create(name), Contenders.class.getClassLoader());
    }
}
