package org.tierstock.runtime.inspect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ChangesTest {
    record Shelf(String code, int places) {}

    @Inject
    Changes changes;

    private void change(String kind, String code, int version, String subject) {
        Actor by = new Actor(subject, "jti-" + subject, "0af7651916cd43dd8448eb211c80319c");
        QuarkusTransaction.requiringNew()
                .run(() -> changes.append(List.of(new Change(
                        kind,
                        code,
                        version,
                        version == 1 ? null : new Shelf(code, version - 1),
                        new Shelf(code, version),
                        by))));
    }

    private static ValidatableResponse get(Map<String, ?> filter) {
        return given().auth()
                .oauth2(Tokens.of("auditor"))
                .queryParams(filter)
                .get("/v1/changes")
                .then();
    }

    @Test
    void a_change_is_told_with_who_made_it_and_the_record_before_and_after() {
        change("SHELF", "a1", 1, "ann");
        change("SHELF", "a1", 2, "bea");

        get(Map.of("kind", "SHELF", "code", "a1"))
                .statusCode(200)
                .body("items.version", contains(1, 2))
                .body("items.subject", contains("ann", "bea"))
                .body("items[0].containsKey('before')", equalTo(false))
                .body("items[1].before", equalTo(Map.of("code", "a1", "places", 1)))
                .body("items[1].after", equalTo(Map.of("code", "a1", "places", 2)))
                .body("items[1].tokenId", equalTo("jti-bea"))
                .body("items[1].traceId", equalTo("0af7651916cd43dd8448eb211c80319c"));
    }

    @Test
    void changes_are_found_by_record_subject_and_time_page_by_page() {
        for (int version = 1; version <= 5; version++) {
            change("CRATE", "b/" + version % 2, version, "cid");
        }
        change("CRATE", "b/1", 6, "dan");

        List<Integer> versions = new ArrayList<>();
        String cursor = null;
        do {
            var page = get(Map.of("subject", "cid", "limit", "2", "cursor", cursor == null ? "" : cursor))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            versions.addAll(page.getList("items.version"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(versions).containsExactly(1, 2, 3, 4, 5);
        get(Map.of("kind", "CRATE", "code", "b/1")).body("items.version", contains(1, 3, 5, 6));
        get(Map.of("kind", "CRATE", "subject", "dan")).body("items.version", contains(6));
        get(Map.of("kind", "CRATE", "from", "2020-01-01T00:00:00Z", "to", "2999-01-01T00:00:00Z"))
                .body("items.version", contains(1, 2, 3, 4, 5, 6));
        get(Map.of("from", "2999-01-01T00:00:00Z")).body("items", empty());
        get(Map.of("kind", "CRATE", "to", "2020-01-01T00:00:00Z")).body("items", empty());
    }

    @Test
    void a_filter_that_makes_no_sense_is_malformed() {
        for (Map<String, String> filter : List.of(
                Map.of("kind", "a b"),
                Map.of("code", "a\u0007"),
                Map.of("subject", "x".repeat(129)),
                Map.of("from", "yesterday"),
                Map.of("cursor", "!"),
                Map.of("limit", "0"))) {
            get(filter).statusCode(400).body("code", equalTo("MALFORMED"));
        }
    }

    @Test
    void changes_come_as_csv_too() {
        change("BOX", "c1", 1, "eve");

        String csv = given().auth()
                .oauth2(Tokens.of("auditor"))
                .accept("text/csv")
                .queryParam("kind", "BOX")
                .get("/v1/changes")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();

        assertThat(csv.lines().toList())
                .hasSize(2)
                .first()
                .isEqualTo("change,changedAt,subject,tokenId,traceId,kind,code,version,before,after");
        assertThat(csv.lines().toList().getLast()).contains(",eve,jti-eve,0af7651916cd43dd8448eb211c80319c,BOX,c1,1,,");
    }

    @Test
    void only_operators_and_auditors_see_who_did_what() {
        given().get("/v1/changes").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of("channel", "wms"))
                .get("/v1/changes")
                .then()
                .statusCode(403);
        given().auth().oauth2(Tokens.of("operator")).get("/v1/changes").then().statusCode(200);
    }
}
