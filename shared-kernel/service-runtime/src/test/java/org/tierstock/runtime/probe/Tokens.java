package org.tierstock.runtime.probe;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Real tokens, signed by a key made for this run. */
public final class Tokens {
    /** Whom tokens are for, as the probe's settings have it. */
    private static final String AUDIENCE = "tierstock-probe";

    private static final String ISSUER = "tierstock-local";
    private static final KeyPair KEY = pair();
    private static final KeyPair FOREIGN_KEY = pair();

    private Tokens() {}

    /** With all scopes. */
    public static String of(String... roles) {
        return ofSubject("somebody", roles);
    }

    /** With all scopes, of this subject. */
    public static String ofSubject(String subject, String... roles) {
        return scoped(subject, List.of("*"), List.of("*"), List.of("*"), roles);
    }

    /** Of the channel "web", any warehouse, and no owner. */
    public static String narrowed(String... roles) {
        return scoped("somebody", List.of("web"), List.of("*"), List.of(), roles);
    }

    private static String scoped(
            String subject, List<String> channels, List<String> warehouses, List<String> owners, String... roles) {
        return ours().subject(subject)
                .groups(Set.of(roles))
                .claim("channels", channels)
                .claim("warehouses", warehouses)
                .claim("owners", owners)
                .expiresIn(Duration.ofMinutes(5))
                .sign(KEY.getPrivate());
    }

    /** Of the same issuer, for another application. */
    public static String forAnotherApplication() {
        return Jwt.issuer(ISSUER)
                .audience("payroll-application")
                .subject("somebody")
                .groups(Set.of("operator"))
                .sign(KEY.getPrivate());
    }

    /** Without an audience. */
    public static String forNobody() {
        return Jwt.issuer(ISSUER).subject("somebody").groups(Set.of("operator")).sign(KEY.getPrivate());
    }

    /** Issued ten years ago, and good until tomorrow. */
    public static String tooOld() {
        Instant now = Instant.now();
        return ours().subject("somebody")
                .groups(Set.of("operator"))
                .issuedAt(now.minus(Duration.ofDays(3_650)))
                .expiresAt(now.plus(Duration.ofDays(1)))
                .sign(KEY.getPrivate());
    }

    /** Issued now, and good for fifty years. */
    public static String forTooLong() {
        return ours().subject("somebody")
                .groups(Set.of("operator"))
                .expiresIn(Duration.ofDays(18_250))
                .sign(KEY.getPrivate());
    }

    /** Of somebody with a name, and without a subject. */
    public static String withoutSubject() {
        return ours().upn("somebody")
                .groups(Set.of("operator", "service-sales"))
                .sign(KEY.getPrivate());
    }

    /** What an issuer tells a client about its user. */
    public static String idToken() {
        return ours().subject("somebody")
                .groups(Set.of("operator"))
                .claim("typ", "ID")
                .sign(KEY.getPrivate());
    }

    private static JwtClaimsBuilder ours() {
        return Jwt.issuer(ISSUER).audience(AUDIENCE);
    }

    public static String expired() {
        return ours().subject("somebody")
                .groups(Set.of("operator"))
                .issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().minusSeconds(300))
                .sign(KEY.getPrivate());
    }

    public static String ofForeignIssuer() {
        return Jwt.issuer("elsewhere").subject("x").groups(Set.of("operator")).sign(KEY.getPrivate());
    }

    public static String signedByForeignKey() {
        return ours().subject("x").groups(Set.of("operator")).sign(FOREIGN_KEY.getPrivate());
    }

    public static String withMalformedScope() {
        return ours().subject("x")
                .groups(Set.of("operator"))
                .claim("channels", 7)
                .sign(KEY.getPrivate());
    }

    /** With all scopes, and one claim that is whatever is given: the builder of good tokens would not write it. */
    public static String with(String claim, Object value, String... roles) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject("somebody");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringListClaim("groups", roles);
        for (String scope : List.of("channels", "warehouses", "owners")) {
            claims.setStringListClaim(scope, "*");
        }
        claims.setClaim(claim, value);
        JsonWebSignature signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signed.setKey(KEY.getPrivate());
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String publicKeyPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEY.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
