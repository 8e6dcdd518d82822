package org.tierstock.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Signs the tokens of a local platform with a key of its own, in place of an identity provider. The services are given
 * the public half and trust nothing else.
 */
public final class TokenSigner {

    /** The issuer that tokens name and services demand. */
    public static final String ISSUER = "tierstock-local";

    /** Whom tokens are for; services demand it. */
    public static final String AUDIENCE = "tierstock-local";

    private static final int KEY_BITS = 2048;
    private static final int LINE_CHARACTERS = 64;

    private final Path publicKey;
    private final PrivateKey privateKey;

    private TokenSigner(Path publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** The signer of the platform whose data directory this is; its key pair is made on first use. */
    public static TokenSigner openOrCreate(Path dataDirectory) {
        Path directory = PlatformDirectory.keys(dataDirectory);
        try {
            if (Files.notExists(privateKey(directory))) {
                Files.createDirectories(directory);
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                KeyPair pair = generator.generateKeyPair();
                Files.writeString(
                        publicKey(directory), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
                // The private half comes last: where it is, the pair is whole.
                PrivateFiles.write(
                        privateKey(directory),
                        pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new PlatformFailure("cannot make a key pair in " + directory + ": " + e, e);
        }
        return open(dataDirectory);
    }

    /**
     * The signer of a platform that runs, or has run, on this data directory.
     *
     * @throws PlatformFailure if none has
     */
    public static TokenSigner open(Path dataDirectory) {
        Path directory = PlatformDirectory.keys(dataDirectory);
        if (Files.notExists(privateKey(directory))) {
            throw new PlatformFailure("no platform has run on " + dataDirectory + ", so there is no key to sign with;"
                    + " start one with ./tierstock up, or name its directory with --data");
        }
        try {
            PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(decoded(privateKey(directory)));
            return new TokenSigner(
                    publicKey(directory), KeyFactory.getInstance("RSA").generatePrivate(key));
        } catch (GeneralSecurityException | IOException e) {
            throw new PlatformFailure("cannot read the key in " + directory + ": " + e, e);
        }
    }

    /** The PEM file that services verify tokens with. */
    public Path publicKey() {
        return publicKey;
    }

    /** A signed token (JWT, RS256) for this subject, valid from now on for the given time. */
    public String sign(String subject, Role role, Scopes scopes, Duration validity) {
        NumericDate now = NumericDate.now();
        NumericDate end = NumericDate.fromSeconds(now.getValue() + validity.toSeconds());
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setStringClaim("upn", subject);
        claims.setIssuedAt(now);
        claims.setExpirationTime(end);
        claims.setGeneratedJwtId();
        claims.setStringListClaim("groups", role.claim());
        claims.setStringListClaim("channels", List.copyOf(scopes.channels()));
        claims.setStringListClaim("warehouses", List.copyOf(scopes.warehouses()));
        claims.setStringListClaim("owners", List.copyOf(scopes.owners()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(privateKey);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path publicKey(Path directory) {
        return directory.resolve("public.pem");
    }

    private static Path privateKey(Path directory) {
        return directory.resolve("private.pem");
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static byte[] decoded(Path pem) throws IOException {
        String body = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(body);
    }
}
