package org.tierstock.dispatch.adapter.in.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.CellBody;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.GrantRequest;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.KeyBody;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.problem.Problem;

class GrantResourceTest {
    private static final Set<String> ALL = Set.of("*");
    private static final Set<String> ANOTHER = Set.of("another");

    private static final GrantRequest RIGHT = new GrantRequest(
            "G-1",
            new CellBody("W1", "MAIN", "ACME", null, "TEA"),
            new KeyBody("web", "PARCEL", null, "NORTH", "TEA"),
            1L);

    @Test
    void a_right_grant_needs_a_token_for_its_channel_its_warehouse_and_its_owner() {
        isRefused(ANOTHER, ALL, ALL, "channel");
        isRefused(ALL, ANOTHER, ALL, "warehouse");
        isRefused(ALL, ALL, ANOTHER, "owner");
    }

    private static void isRefused(Set<String> channels, Set<String> warehouses, Set<String> owners, String what) {
        Caller narrowed = new Caller("somebody", "", Set.of(Roles.OPERATOR), channels, warehouses, owners);
        // Without anything to grant with: it must not come so far.
        GrantResource grants = new GrantResource(narrowed, null, null);

        assertThatThrownBy(() -> grants.grant(RIGHT))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail()).isEqualTo("The token does not name the " + what + "."));
    }
}
