package io.coffer.config;

import java.util.List;

/** Small files as those write them who use other providers. */
final class ForeignFiles {

    /** A file, and whose it is. */
    record ForeignFile(String provider, String name, String text) {
        @Override
        public String toString() {
            return provider + " " + name + " " + text.lines().findFirst().orElse("");
        }
    }

    static final List<ForeignFile> ALL = List.of(
            file("Ehcache", "ehcache.xml", """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <!-- caches of the shop -->
                    <config xmlns="http://www.ehcache.org/v3" xmlns:jsr107="http://www.ehcache.org/v3/jsr107">
                      <cache alias="books"><expiry><ttl unit="minutes">10</ttl></expiry><heap>1000</heap></cache>
                    </config>"""),
            file("Ehcache", "ehcache3.xml", """
                    <eh:config
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xmlns:eh="http://www.ehcache.org/v3">
                      <eh:cache alias="books"><eh:heap unit="entries">10</eh:heap></eh:cache>
                    </eh:config>"""),
            file("Ehcache", "all.xml", "<configurations xmlns='http://www.ehcache.org/v3/multi'></configurations>"),
            file("Ehcache", "ehcache.xml", """
                    <!DOCTYPE ehcache>
                    <ehcache name="shop"><defaultCache maxEntriesLocalHeap="100"/></ehcache>"""),
            file("Caffeine", "application.conf", """
                    # caches
                    caffeine.jcache {
                      default { monitoring.statistics = true }
                      books { policy.maximum.size = 1000, policy.eager-expiration.after-write = "10m" }
                    }"""),
            file("Caffeine", "application.conf", "caffeine {\n  jcache {\n    books {}\n  }\n}"),
            file("Caffeine", "application.conf", "caffeine.jcache.books.policy.maximum.size = 5"),
            file("Caffeine", "application.conf", "{\n  caffeine : { jcache : { books { } } }\n}"),
            file("Caffeine", "application.json", "{ \"caffeine\": { \"jcache\": { \"books\": {} } } }"),
            file("cache2k", "cache2k.xml", """
                    <cache2k>
                      <version>1.0</version>
                      <caches><cache><name>books</name><entryCapacity>1000</entryCapacity></cache></caches>
                    </cache2k>"""),
            file("Hazelcast", "hazelcast.xml", """
                    <!-- moved here from ehcache -->
                    <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                      <cache name="ehcache-books"><statistics-enabled>true</statistics-enabled></cache>
                    </hazelcast>"""),
            file(
                    "Hazelcast",
                    "hazelcast-client.xml",
                    "<hazelcast-client><cluster-name>dev</cluster-name></hazelcast-client>"),
            file(
                    "Hazelcast",
                    "hazelcast.yaml",
                    "# dev\nhazelcast:\n  cache:\n    books:\n      statistics-enabled: true\n"),
            file("Hazelcast", "hazelcast-client.yml", "\uFEFFhazelcast-client:\n  cluster-name: dev\n"),
            file("Hazelcast", "hazelcast.json", "{\"hazelcast\": {\"cache\": {\"books\": {}}}}"),
            file("Infinispan", "infinispan.xml", """
                    <infinispan xmlns="urn:infinispan:config:15.2">
                      <cache-container><local-cache name="books"/></cache-container>
                    </infinispan>"""),
            file("Infinispan", "infinispan.yaml", "infinispan:\n  cacheContainer:\n    caches:\n      books: {}\n"),
            file("Infinispan", "infinispan.json", "{\n  \"infinispan\" : { \"cache-container\" : { } }\n}"),
            file("Redisson", "redisson.yaml", "singleServerConfig:\n  address: \"redis://127.0.0.1:6379\"\n"),
            file("Redisson", "redisson-jcache.yaml", "---\nthreads: 4\nclusterServersConfig:\n  nodeAddresses: []\n"),
            file("Redisson", "redisson.yaml", "replicatedServersConfig:\n  nodeAddresses: []\n"),
            file("Redisson", "redisson.json", "{ \"sentinelServersConfig\": { \"masterName\": \"m\" } }"),
            file("Redisson", "redisson.yml", "masterSlaveServersConfig:\n  masterAddress: \"redis://a\"\n"));

    /** Files of nobody in particular, which are no JSON by their kind. */
    static final List<ForeignFile> NOBODYS = List.of(
            file("nobody", "caches.xml", "<caches><cache name=\"books\"/></caches>"),
            file("nobody", "config.xml", "<config><ehcache/></config>"),
            file("nobody", "like.xml", "<cache2k-like/>"),
            file("nobody", "caches.yaml", "caches:\n  books: {}\n"),
            file("nobody", "caches.yml", "caches: [ ]\n"),
            file("nobody", "caches.conf", "caches { books { } }"),
            file("nobody", "caches.properties", "caches.books.maxEntries=5\n"),
            file("nobody", "page", "<html><body>404</body></html>"));

    /** Files of ours that have names and words of others in them. */
    static final List<String> OURS = List.of(
            "{ \"caches\": { \"infinispan\": { } } }",
            "{ \"caches\": {\n  \"hazelcast\": { },\n  \"caffeine\": { } } }",
            "// instead of ehcache.xml: <ehcache>\n{ \"caches\": {\n  \"infinispan\": { } } }",
            "/* <hazelcast> was here\ncaffeine.jcache { }\nsingleServerConfig: */\n{ \"caches\": { } }",
            "\uFEFF// mark first\n{ \"caches\": {\n\"caffeine\": { } } }",
            "{ // caffeine.jcache\n \"caches\": { \"<ehcache>\": { \"maxEntries\": 5 } } }",
            "{\n  /* infinispan: */ \"defaults\": { }, \"caches\": { \"singleServerConfig\": { } } }");

    private ForeignFiles() {}

    private static ForeignFile file(String provider, String name, String text) {
        return new ForeignFile(provider, name, text);
    }
}
