package org.tierstock.runtime.identity;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import org.jose4j.jwt.JwtClaims;

/** A token found good, with the caller that it names. */
final class VerifiedToken extends DefaultJWTCallerPrincipal {
    private final Caller caller;

    VerifiedToken(JwtClaims claims, Caller caller) {
        super(claims);
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }
}
