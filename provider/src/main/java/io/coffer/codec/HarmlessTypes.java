package io.coffer.codec;

import java.util.List;
import java.util.stream.Stream;

/**
 * The classes that may always be read: reading them does nothing but fill an object, or call {@code hashCode},
 * {@code equals} and {@code compareTo} of objects of classes that are allowed themselves.
 *
 * <p>Not all of the JDK: hashing a {@code java.net.URL} asks the network, and {@code java.lang.invoke}, {@code java.rmi} and
 * {@code javax.management} have classes that act.
 */
final class HarmlessTypes {

    /** The patterns, in no order. */
    static final List<ClassPattern> PATTERNS = Stream.of(
                    // Value types, and what arrays and fields of the serial form name. Enum, Number and Proxy are
                    // superclasses.
                    "java.lang.Object",
                    "java.lang.Boolean",
                    "java.lang.Character",
                    "java.lang.CharSequence",
                    "java.lang.Class",
                    "java.lang.Comparable",
                    "java.lang.Enum",
                    "java.lang.Number",
                    "java.lang.Byte",
                    "java.lang.Short",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Float",
                    "java.lang.Double",
                    "java.lang.String",
                    "java.lang.String$CaseInsensitiveComparator",
                    "java.lang.StringBuffer",
                    "java.lang.StringBuilder",
                    "java.lang.reflect.Proxy",
                    "java.io.Serializable",
                    "java.math.*",
                    "java.net.URI",
                    "java.sql.Date",
                    "java.sql.Time",
                    "java.sql.Timestamp",
                    "java.time.**",
                    "java.util.*",
                    "java.util.concurrent.**",
                    "java.util.regex.Pattern",
                    "sun.util.calendar.ZoneInfo",
                    // Exceptions, which caches of exceptions hold.
                    "java.io.FileNotFoundException",
                    "java.io.IOException",
                    "java.io.UncheckedIOException",
                    "java.lang.ArithmeticException",
                    "java.lang.ArrayIndexOutOfBoundsException",
                    "java.lang.ClassCastException",
                    "java.lang.Error",
                    "java.lang.Exception",
                    "java.lang.IllegalArgumentException",
                    "java.lang.IllegalStateException",
                    "java.lang.IndexOutOfBoundsException",
                    "java.lang.NullPointerException",
                    "java.lang.NumberFormatException",
                    "java.lang.RuntimeException",
                    "java.lang.SecurityException",
                    "java.lang.StackTraceElement",
                    "java.lang.Throwable",
                    "java.lang.UnsupportedOperationException",
                    // What frameworks wrap keys and values in.
                    "org.springframework.cache.interceptor.SimpleKey",
                    "org.springframework.cache.support.NullValue",
                    "org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer$1",
                    "org.hibernate.cache.internal.BasicCacheKeyImplementation",
                    "org.hibernate.cache.internal.CacheKeyImplementation",
                    "org.hibernate.cache.internal.NaturalIdCacheKey",
                    "org.hibernate.cache.internal.QueryResultsCacheImpl$CacheItem",
                    "org.hibernate.cache.spi.QueryKey",
                    "org.hibernate.query.internal.QueryParameterBindingsImpl$ParameterBindingsMementoImpl",
                    "org.hibernate.cache.spi.entry.CollectionCacheEntry",
                    "org.hibernate.cache.spi.entry.StandardCacheEntryImpl",
                    "org.hibernate.cache.spi.support.AbstractReadWriteAccess$Item",
                    "org.hibernate.cache.spi.support.AbstractReadWriteAccess$SoftLockImpl",
                    "org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl$1",
                    "org.apache.camel.support.DefaultExchangeHolder",
                    "org.apache.shiro.authc.SimpleAccount",
                    "org.apache.shiro.authc.SimpleAuthenticationInfo",
                    "org.apache.shiro.authz.SimpleAuthorizationInfo",
                    "org.apache.shiro.authz.SimpleRole",
                    "org.apache.shiro.authz.permission.*",
                    "org.apache.shiro.session.mgt.SimpleSession",
                    "org.apache.shiro.subject.SimplePrincipalCollection",
                    "org.apache.shiro.subject.SimplePrincipalMap")
            .map(ClassPattern::new)
            .toList();

    private HarmlessTypes() {}
}
