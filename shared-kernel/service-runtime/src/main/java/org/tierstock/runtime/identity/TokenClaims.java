package org.tierstock.runtime.identity;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * What the claims of a verified token say of its bearer: the one place that makes a {@link Caller} of them.
 *
 * @param rolesClaim the claim that carries the roles; a path by slashes where it lies within others, e.g.
 *     {@code realm_access/roles}
 * @param rolesPrefix what the roles that count begin with, e.g. {@code tierstock-}; the rest of it is the role. Others are of
 *     other applications
 */
record TokenClaims(String rolesClaim, String rolesPrefix) {
    static final String GROUPS = "groups";

    private static final String TYPE = "typ";

    /** What issuers call a token that lets its bearer in. ID and refresh tokens are for the client that asked for them. */
    private static final Set<String> ACCESS = Set.of("bearer", "jwt", "at+jwt", "application/at+jwt");

    /**
     * The caller that a token names.
     *
     * @param headerType the type that the token's header names; null for none
     * @throws RefusedToken when it is no access token, names no subject, its roles are not a list, or a scope is not a list of texts
     */
    Caller callerOf(String headerType, JwtClaims claims) throws RefusedToken {
        requireAccess(headerType);
        requireAccess(claims.getClaimValue(TYPE));
        try {
            return new Caller(
                    subject(claims),
                    claims.getJwtId(),
                    roles(claims),
                    names(claims, "channels"),
                    names(claims, "warehouses"),
                    names(claims, "owners"));
        } catch (MalformedClaimException e) {
            throw new RefusedToken("the subject or the token's id is not a text");
        }
    }

    /** Without it nobody could be told who has done what, and nobody's share would be taken. Other claims do not stand for it. */
    private static String subject(JwtClaims claims) throws RefusedToken, MalformedClaimException {
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new RefusedToken("the token names no subject (sub)");
        }
        return subject;
    }

    private static void requireAccess(Object type) throws RefusedToken {
        if (type != null && !ACCESS.contains(type.toString().toLowerCase(Locale.ROOT))) {
            throw new RefusedToken("a token of the type " + type + " is none that lets its bearer in");
        }
    }

    private Set<String> roles(JwtClaims claims) throws RefusedToken {
        Object found = claims.getClaimsMap();
        for (String name : rolesClaim.split("/")) {
            found = found instanceof Map<?, ?> within ? within.get(name) : null;
        }
        Set<String> roles = new HashSet<>();
        for (Object role : list(rolesClaim, found)) {
            if (role instanceof String text && text.startsWith(rolesPrefix)) {
                roles.add(text.substring(rolesPrefix.length()));
            }
        }
        return roles;
    }

    private static Set<String> names(JwtClaims claims, String claim) throws RefusedToken {
        Set<String> names = new HashSet<>();
        for (Object name : list(claim, claims.getClaimValue(claim))) {
            if (!(name instanceof String text)) {
                throw new RefusedToken(claim + " names what is not a text");
            }
            names.add(text);
        }
        return names;
    }

    /** @param claim null for none */
    private static Collection<?> list(String name, Object claim) throws RefusedToken {
        return switch (claim) {
            case null -> List.of();
            case Collection<?> many -> many;
            default -> throw new RefusedToken(name + " is not a list");
        };
    }
}
