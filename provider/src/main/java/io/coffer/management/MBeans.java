package io.coffer.management;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The two beans of one cache in the platform MBeanServer, under the names that JSR-107 section 10 fixes and that Micrometer
 * looks for. Safe for use by several threads.
 */
public final class MBeans {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final ReentrantLock lock = new ReentrantLock();
    private final String managerName;
    private final String cacheName;
    private final String shownName;
    private @Nullable ObjectName statisticsName; // under the lock; null while not registered
    private @Nullable ObjectName configurationName; // as above

    /**
     * Makes the beans' names, registers nothing.
     *
     * @param managerUri the URI of the CacheManager
     * @param cacheName the name of the cache
     */
    public MBeans(String managerUri, String cacheName) {
        this.managerName = sanitize(managerUri);
        this.cacheName = cacheName;
        this.shownName = sanitize(cacheName);
    }

    /** Registers or unregisters the bean of statistics; does nothing if it is so already. */
    public void showStatistics(boolean show, CacheStatistics statistics) {
        lock.lock();
        try {
            statisticsName = show
                    ? register(statisticsName, "CacheStatistics", new StatisticsBean(statistics))
                    : unregister(statisticsName);
        } finally {
            lock.unlock();
        }
    }

    /** Registers or unregisters the bean of the configuration; does nothing if it is so already. */
    public void showConfiguration(boolean show, Supplier<? extends CompleteConfiguration<?, ?>> configuration) {
        lock.lock();
        try {
            configurationName = show
                    ? register(configurationName, "CacheConfiguration", new ConfigurationBean(configuration))
                    : unregister(configurationName);
        } finally {
            lock.unlock();
        }
    }

    /** Unregisters both. */
    public void close() {
        lock.lock();
        try {
            statisticsName = unregister(statisticsName);
            configurationName = unregister(configurationName);
        } finally {
            lock.unlock();
        }
    }

    /** A clash (two names that look alike once sanitised, or two managers of one URI) must not fail the cache. */
    private @Nullable ObjectName register(@Nullable ObjectName registered, String type, Object bean) {
        if (registered != null) {
            return registered;
        }
        try {
            var name =
                    new ObjectName("javax.cache:type=" + type + ",CacheManager=" + managerName + ",Cache=" + shownName);
            return registered(bean, name);
        } catch (JMException e) {
            throw new CacheException("Cannot register the JMX bean " + type + " of cache \"" + cacheName + "\"", e);
        }
    }

    private @Nullable ObjectName registered(Object bean, ObjectName name) throws JMException {
        try {
            server().registerMBean(bean, name);
            return name;
        } catch (InstanceAlreadyExistsException e) {
            LOG.log(
                    Level.WARNING,
                    "Cache \"" + cacheName + "\" is not shown in JMX: another one is there as " + name
                            + ". Give the cache or its CacheManager another name");
            return null;
        }
    }

    private @Nullable ObjectName unregister(@Nullable ObjectName registered) {
        if (registered != null) {
            try {
                server().unregisterMBean(registered);
            } catch (InstanceNotFoundException e) {
                LOG.log(Level.DEBUG, "Somebody else has unregistered " + registered, e);
            } catch (JMException e) {
                LOG.log(Level.WARNING, "Cannot unregister the JMX bean " + registered, e);
            }
        }
        return null;
    }

    /** Asked for only when a bean is shown: to start JMX costs more than all caches of most applications. */
    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** Replaces what an unquoted name in an ObjectName must not hold. */
    private static String sanitize(String name) {
        return name.replaceAll("[:=\n,*?\"]", ".");
    }
}
