package io.coffer.clients;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;

/** Knows everybody, and that all are engineers; counts how often it is asked. */
final class EngineersRealm extends AuthorizingRealm {
    final AtomicInteger authentications = new AtomicInteger();
    final AtomicInteger authorizations = new AtomicInteger();
    /* Changed by a test before the first login. */
    boolean saltAsShiroSetsIt;

    EngineersRealm() {
        setName("engineers");
        setAuthenticationCachingEnabled(true); // off unless asked for
        setAuthenticationCacheName("authentication");
        setAuthorizationCacheName("authorization");
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
        authentications.incrementAndGet();
        var info = new SimpleAuthenticationInfo(token.getPrincipal(), "secret of " + token.getPrincipal(), getName());
        if (!saltAsShiroSetsIt) {
            info.setCredentialsSalt(null);
        }
        return info;
    }

    @Override
    protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
        authorizations.incrementAndGet();
        var info = new SimpleAuthorizationInfo(Set.of("engineer"));
        info.addStringPermission("engine:*");
        return info;
    }
}
