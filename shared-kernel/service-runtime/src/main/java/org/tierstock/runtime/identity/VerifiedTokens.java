package org.tierstock.runtime.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * Tokens whose signature and claims were found good, until they expire; five minutes at most, so that a key that is
 * withdrawn is soon without effect. REST and gRPC both come through here.
 *
 * <p>A token that was refused is not remembered: otherwise anyone could fill the memory with rubbish.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class VerifiedTokens extends JWTCallerPrincipalFactory {
    private static final Logger LOG = Logger.getLogger(VerifiedTokens.class);

    /** Over all tokens, some 20,000 of a usual length. Tokens are as long as their issuer and the longest header allow. */
    private static final int MAX_CHARACTERS = 16_000_000;

    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final TokenClaims claims;
    private final DefaultJWTTokenParser verifier = new DefaultJWTTokenParser();
    private final Cache<String, VerifiedToken> verified = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String text, VerifiedToken token) -> text.length())
            .expireAfter(Expiry.creating((String text, VerifiedToken token) -> lifetime(token)))
            .build();

    @Inject
    VerifiedTokens(
            @ConfigProperty(name = "tierstock.jwt.roles-claim", defaultValue = TokenClaims.GROUPS) String rolesClaim,
            @ConfigProperty(name = "tierstock.jwt.roles-prefix") Optional<String> rolesPrefix) {
        this.claims = new TokenClaims(rolesClaim, rolesPrefix.orElse(""));
    }

    /** For the container's proxy. */
    protected VerifiedTokens() {
        this.claims = null;
    }

    @Override
    public JWTCallerPrincipal parse(String text, JWTAuthContextInfo settings) throws ParseException {
        VerifiedToken known = verified.getIfPresent(text);
        if (known != null) {
            return known;
        }
        VerifiedToken token = verify(text, settings);
        verified.put(text, token);
        return token;
    }

    /** Whether the token was found good a short while ago, so that nothing has to be asked about it. */
    boolean isKnown(String text) {
        return verified.getIfPresent(text) != null;
    }

    private VerifiedToken verify(String text, JWTAuthContextInfo settings) throws ParseException {
        try {
            JwtContext verified = verifier.parse(text, settings);
            Caller caller =
                    claims.callerOf(verified.getJoseObjects().getFirst().getHeader("typ"), verified.getJwtClaims());
            // REST's check of roles reads the claim of this name.
            verified.getJwtClaims().setStringListClaim(TokenClaims.GROUPS, List.copyOf(caller.roles()));
            return new VerifiedToken(verified.getJwtClaims(), caller);
        } catch (RuntimeException e) {
            // What issuers put into their tokens is theirs: whatever it is, it is no defect of this service.
            LOG.debugf(e, "The claims of a token cannot be read");
            throw new RefusedToken("its claims cannot be read");
        }
    }

    private static Duration lifetime(VerifiedToken token) {
        Duration left = Duration.between(Instant.now(), Instant.ofEpochSecond(token.getExpirationTime()));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(MAX_AGE) < 0 ? left : MAX_AGE;
    }
}
