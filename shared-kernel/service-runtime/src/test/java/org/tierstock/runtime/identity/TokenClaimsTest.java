package org.tierstock.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class TokenClaimsTest {
    private static final TokenClaims USUAL = new TokenClaims(TokenClaims.GROUPS, "");

    private static JwtClaims claims(String name, Object value) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ann");
        claims.setClaim(name, value);
        return claims;
    }

    @Test
    void roles_are_the_groups_unless_another_claim_is_named() throws Exception {
        JwtClaims claims = claims("realm_access", Map.of("roles", List.of("auditor")));
        claims.setStringListClaim("groups", "operator");

        assertThat(USUAL.callerOf(null, claims).roles()).containsExactly("operator");
        assertThat(new TokenClaims("realm_access/roles", "")
                        .callerOf(null, claims)
                        .roles())
                .containsExactly("auditor");
    }

    @Test
    void of_the_roles_only_those_with_the_prefix_count() throws Exception {
        JwtClaims claims = claims("groups", List.of("tierstock-auditor", "operator", "payroll-operator"));

        assertThat(new TokenClaims(TokenClaims.GROUPS, "tierstock-")
                        .callerOf(null, claims)
                        .roles())
                .containsExactly("auditor");
    }

    @Test
    void a_claim_that_is_not_there_gives_no_role() throws Exception {
        assertThat(new TokenClaims("realm_access/roles", "")
                        .callerOf(null, claims("realm_access", "none"))
                        .roles())
                .isEmpty();
    }

    @Test
    void an_id_or_refresh_token_lets_nobody_in() throws Exception {
        for (String type : List.of("ID", "Refresh", "Offline")) {
            assertThatThrownBy(() -> USUAL.callerOf(null, claims("typ", type))).isInstanceOf(ParseException.class);
            assertThatThrownBy(() -> USUAL.callerOf(type, claims("groups", List.of("operator"))))
                    .isInstanceOf(ParseException.class);
        }
        for (String type : List.of("Bearer", "JWT", "at+jwt")) {
            assertThat(USUAL.callerOf(type, claims("typ", type)).subject()).isEqualTo("ann");
        }
    }

    @Test
    void a_token_without_a_subject_lets_nobody_in() {
        for (String subject : new String[] {null, "", " "}) {
            JwtClaims claims = claims("upn", "ann");
            claims.setSubject(subject);

            assertThatThrownBy(() -> USUAL.callerOf(null, claims)).hasMessage("the token names no subject (sub)");
        }
    }

    @Test
    void roles_that_are_no_list_are_refused() {
        for (Object roles : List.of(7, "operator", Map.of("operator", 1))) {
            assertThatThrownBy(() -> USUAL.callerOf(null, claims("groups", roles)))
                    .isInstanceOf(RefusedToken.class);
        }
    }

    @Test
    void scopes_that_are_no_list_of_texts_are_refused() {
        for (String scope : List.of("channels", "warehouses", "owners")) {
            for (Object named :
                    new Object[] {7, "*", Map.of("*", 1), Arrays.asList("web", null), List.of(List.of("*"))}) {
                assertThatThrownBy(() -> USUAL.callerOf(null, claims(scope, named)))
                        .as("%s: %s", scope, named)
                        .isInstanceOf(RefusedToken.class);
            }
        }
    }
}
