package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;

/** Grants that a person made, in PostgreSQL. */
@ApplicationScoped
public class PostgresHandGrants implements HandGrants {
    private final Database database;

    @Inject
    public PostgresHandGrants(Database database) {
        this.database = database;
    }

    @Override
    public void insert(HandGrant grant) {
        database.updateExactly(1, """
                INSERT INTO hand_grant (sku, partition, node, virtual_warehouse, owner, quality, document, grant_number,
                                        channel, delivery_method, ship_region, quantity)
                SELECT *, ?, ?, ?, ?, ?, ?
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[])
                """, p -> {
            p.text(1, grant.number())
                    .text(2, grant.grant())
                    .text(3, grant.key().channel())
                    .text(4, grant.key().deliveryMethod())
                    .text(5, grant.key().shipRegion())
                    .number(6, grant.quantity());
            Rows.bindCells(p, 7, List.of(grant.cell()), cell -> cell);
        });
    }

    @Override
    public Optional<HandGrant> find(String number) {
        return database.queryOne(
                "SELECT * FROM hand_grant WHERE document = ?",
                p -> p.text(1, number),
                row -> new HandGrant(
                        row.getString("document"),
                        row.getString("grant_number"),
                        Rows.cell(row),
                        Rows.channelKey(row),
                        row.getLong("quantity")));
    }

    @Override
    public Set<ChannelKey> keys(Collection<Sku> skus) {
        return new HashSet<>(database.query("""
                SELECT DISTINCT channel, delivery_method, quality, ship_region, sku FROM hand_grant WHERE sku = ANY (?)
                """, p -> p.texts(1, List.copyOf(skus), Sku::code), Rows::channelKey));
    }
}
