package io.coffer.conformance;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.cache.Cache;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A cache's counters, where a monitor finds them. */
final class Statistics {

    private static final String[] ATTRIBUTES = {
        "CacheHits", "CacheMisses", "CachePuts", "CacheRemovals", "CacheEvictions"
    };

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    Statistics(Cache<?, ?> cache) {
        try {
            ObjectName pattern = new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cache.getName() + ",*");
            Set<ObjectName> found = server.queryNames(pattern, null);
            if (found.size() != 1) {
                throw new AssertionError("Expected one bean for " + pattern + ", found: " + found);
            }
            this.name = found.iterator().next();
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    Counts counts() {
        try {
            AttributeList read = server.getAttributes(name, ATTRIBUTES);
            long[] values = read.asList().stream()
                    .mapToLong(attribute -> (Long) attribute.getValue())
                    .toArray();
            return new Counts(values[0], values[1], values[2], values[3], values[4]);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
