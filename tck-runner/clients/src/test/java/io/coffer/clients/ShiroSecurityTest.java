package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.IncorrectCredentialsException;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.cache.CacheException;
import org.apache.shiro.cache.jcache.JCacheManager;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.apache.shiro.session.mgt.SimpleSession;
import org.apache.shiro.session.mgt.eis.CachingSessionDAO;
import org.apache.shiro.session.mgt.eis.EnterpriseCacheSessionDAO;
import org.apache.shiro.subject.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Shiro application that keeps what its realm says, and its sessions, in caches of ours. */
final class ShiroSecurityTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    private final EngineersRealm realm = new EngineersRealm();
    private final JCacheManager shiro = new JCacheManager();
    private final DefaultSecurityManager security = new DefaultSecurityManager();

    @BeforeEach
    void configure() {
        var sessions = new DefaultSessionManager();
        sessions.setSessionDAO(new EnterpriseCacheSessionDAO());
        shiro.setCacheManager(caches.manager());
        security.setSessionManager(sessions);
        security.setCacheManager(shiro);
        security.setRealm(realm);
    }

    @AfterEach
    void destroy() {
        security.destroy(); // ends Shiro's thread that looks for sessions that have expired
    }

    @Test
    void login_twice_asksTheRealmOnce() {
        login("ada");
        login("ada");
        login("grace");

        assertThat(realm.authentications).hasValue(2);
        assertThat(size("authentication")).isEqualTo(2);
    }

    @Test
    void login_wrongPassword_isRefusedByWhatIsCached() {
        login("ada");

        assertThatThrownBy(() -> anybody().login(new UsernamePasswordToken("ada", "wrong")))
                .isInstanceOf(IncorrectCredentialsException.class);
        assertThat(realm.authentications).hasValue(1);
    }

    /** SimpleAuthenticationInfo says that it is serializable; the salt that Shiro gives it is not. */
    @Test
    void login_infoWithTheSaltThatShiroSets_failsByValueNamingTheClass() {
        realm.saltAsShiroSetsIt = true;

        assertThatThrownBy(() -> login("ada"))
                .isInstanceOf(AuthenticationException.class)
                .hasStackTraceContaining("Cache \"authentication\", value: An object of"
                        + " org.apache.shiro.authc.SimpleAuthenticationInfo cannot be stored by value:"
                        + " org.apache.shiro.lang.util.SimpleByteSource does not implement java.io.Serializable");
    }

    @Test
    void login_infoWithTheSaltThatShiroSets_worksByReference() {
        realm.saltAsShiroSetsIt = true;
        caches.manager().createCache("by reference", new MutableConfiguration<>().setStoreByValue(false));
        realm.setAuthenticationCache(shiro.getCache("by reference"));

        login("ada");
        login("ada");

        assertThat(realm.authentications).hasValue(1);
    }

    /** The keys of this cache are collections of principals: objects that are not immutable, with an equals of their own. */
    @Test
    void isPermitted_askedAgain_asksTheRealmOnce() {
        var ada = login("ada");

        assertThat(ada.hasRole("engineer")).isTrue();
        assertThat(ada.isPermitted("engine:start")).isTrue();
        assertThat(ada.isPermitted("printer:print")).isFalse();
        assertThat(login("ada").hasRole("engineer")).isTrue();

        assertThat(realm.authorizations).hasValue(1);
    }

    @Test
    void logout_oneOfTwo_removesWhatIsCachedOfHerOnly() {
        var ada = login("ada");
        var grace = login("grace");
        ada.hasRole("engineer");
        grace.hasRole("engineer");

        ada.logout();

        assertThat(size("authentication")).isEqualTo(1);
        assertThat(size("authorization")).isEqualTo(1);
        assertThat(grace.hasRole("engineer")).isTrue();
        assertThat(realm.authorizations).hasValue(2);
        login("ada");
        assertThat(realm.authentications).hasValue(3);
    }

    @Test
    void session_attribute_isThereForTheNextRequest() {
        var session = login("ada").getSession();
        session.setAttribute("cart", new ArrayList<>(List.of("book")));

        var next = nextRequest(session.getId());

        assertThat(next.getPrincipal()).isEqualTo("ada");
        assertThat(next.isAuthenticated()).isTrue();
        assertThat(next.getSession().getAttribute("cart")).isEqualTo(List.of("book"));
        assertThat(next.getSession().getTimeout()).isEqualTo(session.getTimeout());
        assertThat(next.getSession().getStartTimestamp()).isEqualTo(session.getStartTimestamp());
    }

    /** By value: what is changed in an attribute counts when it is set again, as with any store that is not the heap. */
    @Test
    void session_attributeIsChangedButNotSetAgain_keepsItsOldState() {
        var session = login("ada").getSession();
        var cart = new ArrayList<>(List.of("book"));
        session.setAttribute("cart", cart);

        cart.add("pen");

        assertThat(nextRequest(session.getId()).getSession().getAttribute("cart"))
                .isEqualTo(List.of("book"));
        session.setAttribute("cart", cart);
        assertThat(nextRequest(session.getId()).getSession().getAttribute("cart"))
                .isEqualTo(List.of("book", "pen"));
    }

    @Test
    void session_attributeThatIsNotSerializable_isRefusedAtOnce() {
        var session = login("ada").getSession();

        assertThatThrownBy(() -> session.setAttribute("cart", new Object()))
                .isInstanceOf(CacheException.class)
                .hasStackTraceContaining("java.lang.Object does not implement java.io.Serializable");
    }

    @Test
    void sessions_severalUsers_areOneEntryEach() {
        login("ada");
        login("grace");
        login("grace");

        assertThat(size(CachingSessionDAO.ACTIVE_SESSION_CACHE_NAME)).isEqualTo(3);
    }

    @Test
    void session_stopped_isGone() {
        var stopped = login("ada").getSession();
        login("grace");
        var id = stopped.getId();

        stopped.stop();

        assertThat(size(CachingSessionDAO.ACTIVE_SESSION_CACHE_NAME)).isEqualTo(1);
        assertThat(nextRequest(id).getSession(false)).isNull();
        assertThat(nextRequest(id).isAuthenticated()).isFalse();
    }

    /** Shiro looks through all sessions of the cache, and removes while it does. */
    @Test
    void validateSessions_oneHasExpired_isRemoved() {
        var expired = login("ada").getSession().getId();
        var live = login("grace").getSession().getId();
        Cache<Serializable, SimpleSession> sessions =
                caches.manager().getCache(CachingSessionDAO.ACTIVE_SESSION_CACHE_NAME);
        var lastUsedLongAgo = sessions.get(expired);
        lastUsedLongAgo.setLastAccessTime(new Date(0));
        sessions.put(expired, lastUsedLongAgo);

        ((DefaultSessionManager) security.getSessionManager()).validateSessions();

        assertThat(sessions.containsKey(expired)).isFalse();
        assertThat(sessions.containsKey(live)).isTrue();
    }

    private Subject login(String name) {
        var subject = anybody();
        subject.login(new UsernamePasswordToken(name, "secret of " + name));
        return subject;
    }

    private Subject anybody() {
        return new Subject.Builder(security).buildSubject();
    }

    private Subject nextRequest(Serializable sessionId) {
        return new Subject.Builder(security).sessionId(sessionId).buildSubject();
    }

    private long size(String name) {
        Cache<Object, Object> cache = caches.manager().getCache(name);
        long size = 0;
        for (var entry : cache) {
            assertThat(entry.getValue()).isNotNull();
            size++;
        }
        return size;
    }
}
