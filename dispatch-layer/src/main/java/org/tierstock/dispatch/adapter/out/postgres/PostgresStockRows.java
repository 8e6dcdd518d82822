package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.dispatch.domain.Refusal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.domain.Tally;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;

/** The balances of the dispatch layer in PostgreSQL. */
@ApplicationScoped
public class PostgresStockRows implements StockRows {
    /** The buckets of a cell's own row with their columns. */
    private static final List<DispatchBucket> OWN_BUCKETS = List.of(
            DispatchBucket.FREE,
            DispatchBucket.ALLOCATED,
            DispatchBucket.TRANSFER_LOCKED,
            DispatchBucket.HELD,
            DispatchBucket.UNSELLABLE,
            DispatchBucket.DEFICIT,
            DispatchBucket.UNSELLABLE_DEFICIT,
            DispatchBucket.IN_TRANSIT,
            DispatchBucket.AIR,
            DispatchBucket.VIRTUAL);

    private record CellChange(Place.Node place, long[] byBucket) {}

    /** A changed backing: its units, and its tally when that changed too. */
    private record BackingChange(Place.Backing place, long allotted, Tally tally) {}

    private final Database database;
    private final Ledger ledger;

    @Inject
    public PostgresStockRows(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    @Override
    public Stock lock(Collection<Sku> skus) {
        List<Sku> inOrder = skus.stream().distinct().sorted().toList();
        return lockHeads(inOrder).orElseGet(() -> {
            insertHeads(inOrder);
            return lockHeads(inOrder).orElseThrow();
        });
    }

    /**
     * Locks heads and reads what they guard in one round trip: the heads are held for as long as it takes.
     *
     * @return empty when one does not exist; the others are locked then
     */
    private Optional<Stock> lockHeads(List<Sku> inOrder) {
        Stock stock = new Stock(inOrder);
        if (inOrder.isEmpty()) {
            return Optional.of(stock);
        }
        List<Sku> locked = new ArrayList<>(inOrder.size());
        // In SKU order, so that two postings never wait for each other in a circle.
        Database.Read<Boolean> heads = new Database.Read<>(
                """
                SELECT h.sku FROM sku_head h
                JOIN unnest(?::text[], ?::smallint[]) WITH ORDINALITY AS s (sku, partition, place) USING (sku, partition)
                ORDER BY s.place FOR UPDATE OF h
                """,
                p -> p.texts(1, inOrder, Sku::code).integers(2, inOrder, Sku::partition),
                row -> locked.add(Rows.sku(row)));
        database.query(Stream.concat(Stream.of(heads), loading(inOrder, stock)).toList());
        return locked.size() < inOrder.size() ? Optional.empty() : Optional.of(stock);
    }

    private void insertHeads(List<Sku> inOrder) {
        database.update("""
                INSERT INTO sku_head (sku, partition)
                SELECT s.sku, s.partition FROM unnest(?::text[], ?::smallint[]) AS s (sku, partition)
                WHERE NOT EXISTS (SELECT FROM sku_head h WHERE (h.sku, h.partition) = (s.sku, s.partition))
                ON CONFLICT DO NOTHING
                """, p -> p.texts(1, inOrder, Sku::code).integers(2, inOrder, Sku::partition));
    }

    @Override
    public Stock lockUnheld(Collection<Sku> skus) {
        return load(database.query(
                "SELECT sku FROM sku_head WHERE sku = ANY (?) ORDER BY sku FOR UPDATE SKIP LOCKED",
                p -> p.texts(1, List.copyOf(skus), Sku::code),
                Rows::sku));
    }

    @Override
    public List<Sku> unplaced(Set<Integer> partitions, int limit) {
        return database.query(
                """
                SELECT sku FROM sku_head WHERE unplaced_since IS NOT NULL AND partition = ANY (?)
                ORDER BY unplaced_since, sku LIMIT ?
                """, p -> p.integers(1, List.copyOf(partitions), n -> n).integer(2, limit), Rows::sku);
    }

    /** Those that were in need when they were last saved: {@link #recalled} takes the mark off those that are no more. */
    @Override
    public List<Sku> inNeed(Set<Integer> partitions, int limit) {
        return database.query(
                """
                SELECT sku FROM sku_head WHERE in_need AND partition = ANY (?) AND recall_after <= now()
                ORDER BY recall_after, sku LIMIT ?
                """, p -> p.integers(1, List.copyOf(partitions), n -> n).integer(2, limit), Rows::sku);
    }

    /** Notes that these SKUs have a deficit or a line that waits for goods. Their heads are locked. */
    static void markInNeed(Database database, Collection<Sku> skus) {
        if (!skus.isEmpty()) {
            database.update(
                    "UPDATE sku_head SET in_need = true WHERE sku = ANY (?) AND NOT in_need",
                    p -> p.texts(1, List.copyOf(skus), Sku::code));
        }
    }

    @Override
    public List<Sku> outOfLine(Set<Integer> partitions, long rulesVersion, int limit) {
        return database.query(
                """
                SELECT sku FROM sku_head
                WHERE rules_version < ? AND partition = ANY (?) AND align_after <= now()
                ORDER BY rules_version, sku LIMIT ?
                """,
                p -> p.number(1, rulesVersion)
                        .integers(2, List.copyOf(partitions), n -> n)
                        .integer(3, limit),
                Rows::sku);
    }

    private Stock load(List<Sku> skus) {
        Stock stock = new Stock(skus);
        if (!skus.isEmpty()) {
            database.query(loading(skus, stock).toList());
        }
        return stock;
    }

    /** Statements of their own: their snapshots are taken after the locks, so they see what the last holders wrote. */
    private static Stream<Database.Read<?>> loading(List<Sku> skus, Stock stock) {
        return Stream.of(cells(skus, stock), backings(skus, stock), refusals(skus, stock));
    }

    private static Database.Read<NodeKey> cells(List<Sku> skus, Stock stock) {
        return new Database.Read<>(
                "SELECT * FROM cell_stock WHERE sku = ANY (?)", p -> p.texts(1, skus, Sku::code), row -> {
                    StockOfSku goods = stock.of(Rows.sku(row));
                    NodeKey node = Rows.node(row);
                    for (DispatchBucket bucket : OWN_BUCKETS) {
                        goods.open(node, bucket, row.getLong(column(bucket)));
                    }
                    return node;
                });
    }

    private static Database.Read<NodeKey> backings(List<Sku> skus, Stock stock) {
        return new Database.Read<>(
                "SELECT * FROM allotment WHERE sku = ANY (?)", p -> p.texts(1, skus, Sku::code), row -> {
                    NodeKey node = Rows.node(row);
                    stock.of(Rows.sku(row))
                            .open(
                                    node,
                                    Rows.channelKey(row),
                                    row.getLong("allotted"),
                                    new Tally(row.getString("tally_rule"), row.getLong("tally_granted")));
                    return node;
                });
    }

    private static Database.Read<Refusal> refusals(List<Sku> skus, Stock stock) {
        return new Database.Read<>("""
                SELECT * FROM refusal WHERE sku = ANY (?) AND held > 0 ORDER BY at_sequence, outbound
                """, p -> p.texts(1, skus, Sku::code), row -> {
            Refusal refusal = new Refusal(
                    row.getString("outbound"),
                    row.getString("warehouse"),
                    Rows.node(row),
                    row.getLong("held"),
                    row.getLong("at_sequence"));
            stock.of(Rows.sku(row)).open(refusal);
            return refusal;
        });
    }

    private static String column(DispatchBucket bucket) {
        return bucket.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void save(Stock stock, Numbers numbers) {
        Map<Place, Long> rowIds = new HashMap<>();
        saveCells(stock, rowIds);
        saveBackings(stock, rowIds);
        saveRefusals(stock);
        ledger.append(stock.book(), numbers, (place, bucket) -> rowIds.get(place));
        mark(stock);
    }

    private void saveCells(Stock stock, Map<Place, Long> rowIds) {
        List<CellChange> changes = new ArrayList<>();
        stock.book().changes().forEach((place, byBucket) -> {
            if (place instanceof Place.Node own) {
                changes.add(new CellChange(own, byBucket));
            }
        });
        if (changes.isEmpty()) {
            return;
        }
        updateCells(changes, rowIds);
        List<CellChange> added = changes.stream()
                .filter(change -> !rowIds.containsKey(change.place()))
                .toList();
        if (!added.isEmpty()) {
            insertCells(added, rowIds);
        }
    }

    private void updateCells(List<CellChange> changes, Map<Place, Long> rowIds) {
        database.query(
                """
                UPDATE cell_stock s
                SET free = s.free + c.free, allocated = s.allocated + c.allocated,
                    transfer_locked = s.transfer_locked + c.transfer_locked, held = s.held + c.held,
                    unsellable = s.unsellable + c.unsellable, deficit = s.deficit + c.deficit,
                    deficit_since = CASE WHEN s.deficit + c.deficit < 0 THEN coalesce(s.deficit_since, now()) END,
                    unsellable_deficit = s.unsellable_deficit + c.unsellable_deficit,
                    in_transit = s.in_transit + c.in_transit, air = s.air + c.air, virtual = s.virtual + c.virtual
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                            ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                            ?::bigint[], ?::bigint[])
                  AS c (sku, partition, node, virtual_warehouse, owner, quality, free, allocated, transfer_locked, held,
                        unsellable, deficit, unsellable_deficit, in_transit, air, virtual)
                WHERE s.sku = c.sku AND s.partition = c.partition AND s.node = c.node
                  AND s.virtual_warehouse = c.virtual_warehouse AND s.owner = c.owner AND s.quality = c.quality
                RETURNING s.row_id, s.sku, s.node, s.virtual_warehouse, s.owner, s.quality
                """,
                p -> bindCells(p, changes),
                row -> rowIds.put(new Place.Node(Rows.cell(row)), row.getLong("row_id")));
    }

    /** Rows that do not exist yet. Their head is locked, so nobody else makes them meanwhile. */
    private void insertCells(List<CellChange> changes, Map<Place, Long> rowIds) {
        database.query(
                """
                INSERT INTO cell_stock (sku, partition, node, virtual_warehouse, owner, quality, free, allocated,
                                        transfer_locked, held, unsellable, deficit, unsellable_deficit, in_transit, air,
                                        virtual, deficit_since)
                SELECT c.*, CASE WHEN deficit < 0 THEN now() END
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                            ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                            ?::bigint[], ?::bigint[])
                  AS c (sku, partition, node, virtual_warehouse, owner, quality, free, allocated, transfer_locked, held,
                        unsellable, deficit, unsellable_deficit, in_transit, air, virtual)
                RETURNING row_id, sku, node, virtual_warehouse, owner, quality
                """,
                p -> bindCells(p, changes),
                row -> rowIds.put(new Place.Node(Rows.cell(row)), row.getLong("row_id")));
    }

    private static void bindCells(Parameters parameters, List<CellChange> changes) throws SQLException {
        Rows.bindCells(parameters, 1, changes, change -> change.place().cell());
        int index = 7;
        for (DispatchBucket bucket : OWN_BUCKETS) {
            parameters.longs(index++, changes, change -> change.byBucket()[bucket.ordinal()]);
        }
    }

    private void saveBackings(Stock stock, Map<Place, Long> rowIds) {
        List<BackingChange> changes = new ArrayList<>();
        Map<Place.Backing, Tally> tallies = new HashMap<>();
        stock.all().forEach(goods -> tallies.putAll(goods.changedTallies()));
        stock.book().changes().forEach((place, byBucket) -> {
            if (place instanceof Place.Backing backing) {
                long allotted = byBucket[DispatchBucket.ALLOTTED.ordinal()];
                changes.add(new BackingChange(backing, allotted, tallies.get(backing)));
            }
        });
        if (changes.isEmpty()) {
            return;
        }
        updateBackings(changes, rowIds);
        List<BackingChange> added = changes.stream()
                .filter(change -> !rowIds.containsKey(change.place()))
                .toList();
        if (!added.isEmpty()) {
            insertBackings(added, rowIds);
        }
    }

    private void updateBackings(List<BackingChange> changes, Map<Place, Long> rowIds) {
        database.query(
                """
                UPDATE allotment a
                SET allotted = a.allotted + c.allotted, tally_rule = coalesce(c.tally_rule, a.tally_rule),
                    tally_granted = coalesce(c.tally_granted, a.tally_granted)
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::bigint[], ?::text[], ?::bigint[])
                  AS c (sku, partition, node, virtual_warehouse, owner, quality, channel, delivery_method, ship_region,
                        allotted, tally_rule, tally_granted)
                WHERE a.sku = c.sku AND a.partition = c.partition AND a.node = c.node
                  AND a.virtual_warehouse = c.virtual_warehouse AND a.owner = c.owner AND a.quality = c.quality
                  AND a.channel = c.channel AND a.delivery_method = c.delivery_method AND a.ship_region = c.ship_region
                RETURNING a.row_id, a.sku, a.node, a.virtual_warehouse, a.owner, a.quality, a.channel,
                          a.delivery_method, a.ship_region
                """,
                p -> bindBackings(p, changes),
                row -> rowIds.put(new Place.Backing(Rows.cell(row), Rows.channelKey(row)), row.getLong("row_id")));
    }

    private void insertBackings(List<BackingChange> changes, Map<Place, Long> rowIds) {
        database.query(
                """
                INSERT INTO allotment (sku, partition, node, virtual_warehouse, owner, quality, channel, delivery_method,
                                       ship_region, allotted, tally_rule, tally_granted)
                SELECT sku, partition, node, virtual_warehouse, owner, quality, channel, delivery_method, ship_region,
                       allotted, coalesce(tally_rule, ''), coalesce(tally_granted, 0)
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::bigint[], ?::text[], ?::bigint[])
                  AS c (sku, partition, node, virtual_warehouse, owner, quality, channel, delivery_method, ship_region,
                        allotted, tally_rule, tally_granted)
                RETURNING row_id, sku, node, virtual_warehouse, owner, quality, channel, delivery_method, ship_region
                """,
                p -> bindBackings(p, changes),
                row -> rowIds.put(new Place.Backing(Rows.cell(row), Rows.channelKey(row)), row.getLong("row_id")));
    }

    private static void bindBackings(Parameters parameters, List<BackingChange> changes) throws SQLException {
        Rows.bindCells(parameters, 1, changes, change -> change.place().cell())
                .texts(7, changes, change -> change.place().key().channel())
                .texts(8, changes, change -> change.place().key().deliveryMethod())
                .texts(9, changes, change -> change.place().key().shipRegion())
                .longs(10, changes, BackingChange::allotted)
                .texts(
                        11,
                        changes,
                        change -> change.tally() == null ? null : change.tally().rule())
                .nullableLongs(
                        12,
                        changes,
                        change -> change.tally() == null ? null : change.tally().granted());
    }

    private void saveRefusals(Stock stock) {
        record Stored(Cell cell, Refusal refusal) {}
        List<Stored> changed = new ArrayList<>();
        for (StockOfSku goods : stock.all()) {
            for (Refusal refusal : goods.changedRefusals()) {
                changed.add(new Stored(new Cell(refusal.node(), goods.sku()), refusal));
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        database.updateExactly(
                changed.size(),
                """
                INSERT INTO refusal (sku, partition, node, virtual_warehouse, owner, quality, outbound, warehouse, held,
                                     at_sequence)
                SELECT * FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::bigint[], ?::bigint[])
                ON CONFLICT (outbound, partition) DO UPDATE SET held = excluded.held
                """,
                p -> Rows.bindCells(p, 1, changed, Stored::cell)
                        .texts(7, changed, stored -> stored.refusal().outbound())
                        .texts(8, changed, stored -> stored.refusal().warehouse())
                        .longs(9, changed, stored -> stored.refusal().held())
                        .longs(10, changed, stored -> stored.refusal().at()));
    }

    private void mark(Stock stock) {
        List<Sku> unplaced = stock.all().stream()
                .filter(goods -> goods.free() > 0)
                .map(StockOfSku::sku)
                .toList();
        if (!unplaced.isEmpty()) {
            database.update(
                    "UPDATE sku_head SET unplaced_since = now() WHERE sku = ANY (?) AND unplaced_since IS NULL",
                    p -> p.texts(1, unplaced, Sku::code));
        }
        markInNeed(
                database,
                stock.all().stream()
                        .filter(StockOfSku::hasDeficit)
                        .map(StockOfSku::sku)
                        .toList());
    }

    @Override
    public void placed(Collection<Sku> skus) {
        database.updateExactly(
                skus.size(),
                "UPDATE sku_head SET unplaced_since = NULL WHERE sku = ANY (?)",
                p -> p.texts(1, List.copyOf(skus), Sku::code));
    }

    @Override
    public void recalled(Collection<Sku> skus, int retrySeconds) {
        database.updateExactly(
                skus.size(), """
                UPDATE sku_head h
                SET recall_after = now() + make_interval(secs => ?),
                    in_need = EXISTS (SELECT FROM dispatch_line l WHERE l.sku = h.sku AND l.shortage > 0)
                        OR EXISTS (SELECT FROM cell_stock s WHERE s.sku = h.sku AND s.deficit < 0)
                WHERE sku = ANY (?)
                """, p -> p.integer(1, retrySeconds).texts(2, List.copyOf(skus), Sku::code));
    }

    @Override
    public void alignLater(Collection<Sku> skus, int retrySeconds) {
        database.updateExactly(
                skus.size(),
                "UPDATE sku_head SET align_after = now() + make_interval(secs => ?) WHERE sku = ANY (?)",
                p -> p.integer(1, retrySeconds).texts(2, List.copyOf(skus), Sku::code));
    }

    @Override
    public void aligned(Collection<Sku> skus, long rulesVersion) {
        database.updateExactly(
                skus.size(),
                "UPDATE sku_head SET rules_version = ? WHERE sku = ANY (?)",
                p -> p.number(1, rulesVersion).texts(2, List.copyOf(skus), Sku::code));
    }
}
