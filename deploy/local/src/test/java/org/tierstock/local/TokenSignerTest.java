package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSignerTest {

    @TempDir
    Path directory;

    @Test
    void a_token_is_verified_with_the_public_key_and_carries_role_and_scopes() throws Exception {
        TokenSigner signer = TokenSigner.openOrCreate(directory);

        String token = signer.sign("shop", Role.CHANNEL, Scopes.ofChannels("WEB"), Duration.ofHours(1));

        JwtClaims claims = consumer(signer.publicKey()).processToClaims(token);
        assertThat(claims.getSubject()).isEqualTo("shop");
        assertThat(claims.getStringListClaimValue("groups")).isEqualTo(List.of("channel"));
        assertThat(claims.getStringListClaimValue("channels")).isEqualTo(List.of("WEB"));
        assertThat(claims.getStringListClaimValue("warehouses")).isEmpty();
        assertThat(claims.getStringListClaimValue("owners")).isEmpty();
    }

    @Test
    void a_token_ends_with_its_validity() {
        TokenSigner signer = TokenSigner.openOrCreate(directory);

        String token = signer.sign("shop", Role.OPERATOR, Scopes.ALL, Duration.ofSeconds(-1));

        assertThatThrownBy(() -> consumer(signer.publicKey()).processToClaims(token))
                .isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void a_changed_token_is_refused() throws Exception {
        TokenSigner signer = TokenSigner.openOrCreate(directory);
        String[] parts = signer.sign("shop", Role.CHANNEL, Scopes.ofChannels("WEB"), Duration.ofHours(1))
                .split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);

        String raised = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("channel\"", "operator\"").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> consumer(signer.publicKey()).processToClaims(parts[0] + "." + raised + "." + parts[2]))
                .isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void the_key_stays_the_same_between_runs() throws Exception {
        String key = Files.readString(TokenSigner.openOrCreate(directory).publicKey());

        TokenSigner again = TokenSigner.openOrCreate(directory);

        assertThat(Files.readString(again.publicKey())).isEqualTo(key);
    }

    @Test
    void a_directory_on_which_no_platform_has_run_signs_nothing() {
        assertThatThrownBy(() -> TokenSigner.open(directory))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("no platform has run on");
    }

    private static JwtConsumer consumer(Path publicKey) throws Exception {
        String body = Files.readString(publicKey).replaceAll("-----[A-Z ]+-----", "");
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setExpectedIssuer(TokenSigner.ISSUER)
                .setExpectedAudience(TokenSigner.AUDIENCE)
                .setRequireExpirationTime()
                .build();
    }
}
