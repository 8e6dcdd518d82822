package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;

/** Promises asked back, in PostgreSQL. */
@ApplicationScoped
public class PostgresRevocations implements Revocations {
    private final Database database;

    @Inject
    public PostgresRevocations(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Collection<Revocation> revocations) {
        if (!revocations.isEmpty()) {
            insert(List.copyOf(revocations), null);
        }
    }

    @Override
    public void insert(String documentNumber, Revocation revocation) {
        insert(List.of(revocation), documentNumber);
    }

    private void insert(List<Revocation> revocations, String documentNumber) {
        database.updateExactly(
                revocations.size(),
                """
                INSERT INTO revocation (revocation, document, partition, sku, channel, delivery_method, quality,
                                        ship_region, asked, node)
                SELECT revocation, ?, partition, sku, channel, delivery_method, quality, ship_region, asked, node
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                            ?::text[])
                  AS r (revocation, partition, sku, channel, delivery_method, quality, ship_region, asked, node)
                """,
                p -> p.text(1, documentNumber)
                        .texts(2, revocations, Revocation::number)
                        .integers(
                                3,
                                revocations,
                                revocation -> revocation.key().sku().partition())
                        .texts(
                                4,
                                revocations,
                                revocation -> revocation.key().sku().code())
                        .texts(5, revocations, revocation -> revocation.key().channel())
                        .texts(6, revocations, revocation -> revocation.key().deliveryMethod())
                        .texts(
                                7,
                                revocations,
                                revocation -> revocation.key().quality().name())
                        .texts(8, revocations, revocation -> revocation.key().shipRegion())
                        .longs(9, revocations, Revocation::asked)
                        .texts(10, revocations, Revocation::node));
    }

    @Override
    public Optional<Revocation> byDocument(String documentNumber) {
        return database.queryOne(
                "SELECT * FROM revocation WHERE document = ?",
                p -> p.text(1, documentNumber),
                PostgresRevocations::revocation);
    }

    @Override
    public Map<String, Revocation> find(Collection<String> numbers) {
        Map<String, Revocation> found = new HashMap<>();
        database.query(
                        "SELECT * FROM revocation WHERE revocation = ANY (?)",
                        p -> p.texts(1, List.copyOf(numbers)),
                        PostgresRevocations::revocation)
                .forEach(revocation -> found.put(revocation.number(), revocation));
        return found;
    }

    @Override
    public List<Revocation> pending(Collection<Sku> skus) {
        return database.query(
                "SELECT * FROM revocation WHERE sku = ANY (?) AND taken IS NULL",
                p -> p.texts(1, List.copyOf(skus), Sku::code),
                PostgresRevocations::revocation);
    }

    @Override
    public void save(Collection<Revocation> settled) {
        List<Revocation> revocations = List.copyOf(settled);
        // A second answer to one revocation would be a defect: it finds nothing to update and breaks the posting.
        database.updateExactly(
                revocations.size(),
                """
                UPDATE revocation r SET taken = s.taken FROM unnest(?::text[], ?::bigint[]) AS s (revocation, taken)
                WHERE r.revocation = s.revocation AND r.taken IS NULL
                """,
                p -> p.texts(1, revocations, Revocation::number).longs(2, revocations, Revocation::taken));
    }

    private static Revocation revocation(ResultSet row) throws SQLException {
        return new Revocation(
                row.getString("revocation"),
                Rows.channelKey(row),
                row.getLong("asked"),
                row.getString("node"),
                row.getObject("taken", Long.class));
    }
}
