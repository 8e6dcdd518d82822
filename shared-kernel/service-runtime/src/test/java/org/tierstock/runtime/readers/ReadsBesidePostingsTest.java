package org.tierstock.runtime.readers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.PostgresStuckWork;

/** Whoever only looks is answered while the postings have every connection of theirs. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ReadsBesidePostingsTest {
    private static final String WORK = "a-busy-work";

    @Inject
    DataSource postings;

    @Inject
    @io.quarkus.agroal.DataSource("reads")
    DataSource reads;

    @ConfigProperty(name = "tierstock.pg.max-connections")
    int connections;

    @ConfigProperty(name = "tierstock.pg.read-connections")
    int readConnections;

    @Inject
    EachInTurn eachInTurn;

    @Inject
    PostgresStuckWork stuck;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private final Deque<Connection> taken = new ArrayDeque<>();

    @AfterEach
    void giveBack() throws SQLException {
        while (!taken.isEmpty()) {
            taken.pop().close();
        }
    }

    @Test
    void every_list_and_document_is_shown_while_the_postings_have_all_their_connections() throws SQLException {
        List<String> paths = paths();
        takeAll(postings, connections);
        Map<String, Integer> answers = new TreeMap<>();
        for (String path : paths) {
            answers.put(
                    path,
                    given().auth()
                            .oauth2(Tokens.of("operator"))
                            .get(path.replace("{day}", "2026-11-29").replaceAll("\\{[a-z]+}", "1"))
                            .statusCode());
        }

        for (String whole : List.of("/v1/changes", "/v1/movements")) {
            answers.put(
                    whole + " as CSV",
                    given().auth()
                            .oauth2(Tokens.of("operator"))
                            .accept("text/csv")
                            .get(whole)
                            .statusCode());
        }

        assertThat(answers).hasSizeGreaterThan(15);
        assertThat(answers)
                .allSatisfy((path, status) -> assertThat(status).as(path).isIn(200, 404));
    }

    @Test
    void what_is_stuck_is_shown_among_the_metrics_while_the_database_answers_nobody() throws SQLException {
        eachInTurn.due(WORK, 1, most -> List.of(), String::valueOf);
        stuck.setAside(WORK, "TEA", "It is odd");
        stuck.watch();
        takeAll(postings, connections);
        takeAll(reads, readConnections);

        assertThat(given().get(management.resolve("/q/metrics")).body().asString())
                .contains("tierstock_work_stuck{work=\"" + WORK + "\"} 1.0");

        giveBack();
        stuck.done(WORK, List.of("TEA"));
    }

    /** What the runtime shows in every layer; the probe's own resources use the postings' connections on purpose. */
    private static List<String> paths() {
        Map<String, Map<String, Object>> paths = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        return paths.entrySet().stream()
                .filter(path -> path.getValue().containsKey("get"))
                .map(Map.Entry::getKey)
                .filter(path -> !path.startsWith("/v1/probe"))
                .toList();
    }

    private void takeAll(DataSource pool, int most) throws SQLException {
        for (int i = 0; i < most; i++) {
            taken.push(pool.getConnection());
        }
    }
}
