package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.shiro.cache.Cache;
import org.apache.shiro.cache.CacheException;
import org.apache.shiro.cache.jcache.JCacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Shiro's own Cache interface on a cache of ours: what it returns, and who closes what. */
final class ShiroCacheManagerTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    private final JCacheManager shiro = new JCacheManager();

    @AfterEach
    void destroy() {
        shiro.destroy();
    }

    @Test
    void init_nothingConfigured_findsTheDefaultManager() {
        shiro.init();

        assertThat(shiro.getCacheManager()).isSameAs(caches.manager());
    }

    @Test
    void getCache_unknownName_createsItEternalAndByValue() {
        shiro.getCache("users").put("ada", "Lovelace");

        javax.cache.Cache<Object, Object> created = caches.manager().getCache("users");
        assertThat(created.get("ada")).isEqualTo("Lovelace");
        assertThat(shiro.getCache("users").get("ada")).isEqualTo("Lovelace");
    }

    @Test
    void getCache_nameThatTheApplicationHasCreated_takesThatOne() {
        caches.<String, String>create("users").put("ada", "Lovelace");

        assertThat(shiro.<String, String>getCache("users").get("ada")).isEqualTo("Lovelace");
    }

    @Test
    void put_get_remove_returnWhatWasThereBefore() {
        Cache<String, String> users = shiro.getCache("users");

        assertThat(users.get("ada")).isNull();
        assertThat(users.put("ada", "Byron")).isNull();
        assertThat(users.put("ada", "Lovelace")).isEqualTo("Byron");
        assertThat(users.remove("ada")).isEqualTo("Lovelace");
        assertThat(users.remove("ada")).isNull();
        assertThat(users.get(null)).isNull();
    }

    @Test
    void size_keys_values_ofSomeEntries_areThoseEntries() {
        Cache<String, String> users = shiro.getCache("users");
        users.put("ada", "Lovelace");
        users.put("grace", "Hopper");
        users.put("mary", "Jackson");

        assertThat(users.size()).isEqualTo(3);
        assertThat(users.keys()).containsExactlyInAnyOrder("ada", "grace", "mary");
        assertThat(users.values()).containsExactlyInAnyOrder("Lovelace", "Hopper", "Jackson");
    }

    /** Shiro collects the values into a set, so that there may be fewer than {@code size} says. */
    @Test
    void values_twoEqualOnes_areOne() {
        Cache<String, String> users = shiro.getCache("users");
        users.put("ada", "admin");
        users.put("grace", "admin");

        assertThat(users.size()).isEqualTo(2);
        assertThat(users.values()).containsExactly("admin");
    }

    @Test
    void clear_someEntries_leavesNoneAndTheCacheUsable() {
        Cache<String, String> users = shiro.getCache("users");
        Cache<String, String> others = shiro.getCache("others");
        users.put("ada", "Lovelace");
        others.put("grace", "Hopper");

        users.clear();

        assertThat(users.size()).isZero();
        assertThat(users.keys()).isEmpty();
        assertThat(others.size()).isEqualTo(1);
        users.put("ada", "Lovelace");
        assertThat(users.get("ada")).isEqualTo("Lovelace");
    }

    @Test
    void put_valueThatIsNotSerializable_saysSoInTheCauseOfShirosException() {
        Cache<String, Object> users = shiro.getCache("users");

        assertThatThrownBy(() -> users.put("ada", new Object()))
                .isInstanceOf(CacheException.class)
                .hasStackTraceContaining(
                        "Cache \"users\", value: An object of java.lang.Object cannot be stored by value");
    }

    @Test
    void destroy_managerThatShiroFoundItself_isClosed() {
        shiro.init();
        var found = shiro.getCacheManager();

        shiro.destroy();

        assertThat(found.isClosed()).isTrue();
    }

    @Test
    void destroy_managerThatWasGiven_staysOpen() {
        shiro.setCacheManager(caches.manager());
        shiro.getCache("users").put("ada", "Lovelace");

        shiro.destroy();

        assertThat(caches.manager().getCache("users").get("ada")).isEqualTo("Lovelace");
    }
}
