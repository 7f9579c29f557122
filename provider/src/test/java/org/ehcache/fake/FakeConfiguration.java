package org.ehcache.fake;

import javax.cache.configuration.MutableConfiguration;

/** Looks like the configuration of another provider: its package begins as Ehcache's do. */
public final class FakeConfiguration<K, V> extends MutableConfiguration<K, V> {
    private static final long serialVersionUID = 1L;
}
