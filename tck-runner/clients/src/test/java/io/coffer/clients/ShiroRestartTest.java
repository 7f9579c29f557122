package io.coffer.clients;

import static io.coffer.clients.ClientCaches.countIfOnDisk;
import static io.coffer.clients.ClientCaches.ifOnDisk;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.shiro.authc.SimpleAccount;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.authz.SimpleRole;
import org.apache.shiro.authz.permission.AllPermission;
import org.apache.shiro.authz.permission.WildcardPermission;
import org.apache.shiro.cache.jcache.JCacheManager;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.apache.shiro.session.mgt.SimpleSession;
import org.apache.shiro.session.mgt.eis.EnterpriseCacheSessionDAO;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.subject.SimplePrincipalMap;
import org.apache.shiro.subject.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Shiro application finds again when it is started anew: everything on disk, nothing in memory. */
final class ShiroRestartTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    private EngineersRealm realm;
    private DefaultSecurityManager security;

    @AfterEach
    void destroy() {
        if (security != null) {
            security.destroy(); // ends Shiro's thread that looks for sessions that have expired
        }
    }

    @Test
    void session_afterARestart_isThereWithItsUserAndAttributes() {
        start();
        var session = login("ada").getSession();
        session.setAttribute("cart", new ArrayList<>(List.of("book")));
        var startedAt = session.getStartTimestamp();

        start();
        var next = new Subject.Builder(security).sessionId(session.getId()).buildSubject();

        assertThat(next.getPrincipal()).isEqualTo(ifOnDisk("ada"));
        assertThat(next.isAuthenticated()).isEqualTo(ClientCaches.areOnDisk());
        var found = next.getSession(false);
        assertThat(found != null).isEqualTo(ClientCaches.areOnDisk());
        if (found != null) {
            assertThat(found.getAttribute("cart")).isEqualTo(List.of("book"));
            assertThat(found.getStartTimestamp()).isEqualTo(startedAt);
        }
    }

    @Test
    void session_stoppedBeforeARestart_isGone() {
        start();
        var session = login("ada").getSession();
        var id = session.getId();
        session.stop();

        start();

        assertThat(new Subject.Builder(security).sessionId(id).buildSubject().getSession(false))
                .isNull();
    }

    @Test
    void login_afterARestart_asksTheRealmForNothingThatIsOnDisk() {
        start();
        login("ada").hasRole("engineer");

        start();
        assertThat(login("ada").hasRole("engineer")).isTrue();
        assertThat(login("ada").isPermitted("engine:start")).isTrue();

        assertThat(realm.authentications).hasValue(1 - countIfOnDisk(1));
        assertThat(realm.authorizations).hasValue(1 - countIfOnDisk(1));
    }

    /** All that Shiro keeps in caches may be read back from disk without a word in the configuration. */
    static Stream<Arguments> values() {
        var ada = new SimplePrincipalCollection(List.of("ada", 7), "engineers");
        var authentication = new SimpleAuthenticationInfo(ada, "secret");
        authentication.setCredentialsSalt(null); // what Shiro sets is not Serializable
        var authorization = new SimpleAuthorizationInfo(Set.of("engineer"));
        authorization.addStringPermission("engine:*");
        authorization.addObjectPermission(new WildcardPermission("printer:print"));
        var account = new SimpleAccount(ada, "secret", "engineers");
        account.setCredentialsSalt(null);
        account.setObjectPermissions(Set.of(new WildcardPermission("engine:*"), new AllPermission()));
        var session = new SimpleSession("host");
        session.setId("session");
        return Stream.<Object>of(
                        ada,
                        new SimplePrincipalMap(Map.of("engineers", Map.of("name", "ada"))),
                        authentication,
                        authorization,
                        account,
                        new SimpleRole("engineer", Set.of(new WildcardPermission("engine:*"))),
                        session,
                        new WildcardPermission("engine:start"))
                .map(Arguments::of);
    }

    /** Not all of them have an equals, so their fields are compared. */
    @ParameterizedTest
    @MethodSource("values")
    void get_valueOfShiro_afterARestart_hasTheSameFields(Object value) {
        caches.create("values").put("key", value);

        caches.restart();

        assertThat(caches.create("values").get("key"))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(ifOnDisk(value));
    }

    /** Starts the application, after its end if it runs. */
    private void start() {
        destroy();
        caches.restart();
        var shiro = new JCacheManager();
        shiro.setCacheManager(caches.manager());
        var sessions = new DefaultSessionManager();
        sessions.setSessionDAO(new EnterpriseCacheSessionDAO());
        realm = new EngineersRealm();
        security = new DefaultSecurityManager();
        security.setSessionManager(sessions);
        security.setCacheManager(shiro);
        security.setRealm(realm);
    }

    private Subject login(String name) {
        var subject = new Subject.Builder(security).buildSubject();
        subject.login(new UsernamePasswordToken(name, "secret of " + name));
        return subject;
    }
}
