package org.tierstock.runtime.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The {@link Caller} that is injected into REST resources. */
@Singleton
public class CallerOfRequest {
    @Produces
    @RequestScoped
    Caller caller(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof VerifiedToken token ? token.caller() : new Caller();
    }
}
