package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.dispatch.application.port.StockQueries;
import org.tierstock.dispatch.domain.StockFigures;
import org.tierstock.movements.Cell;
import org.tierstock.movements.DocumentKind;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;

/** The stock of the dispatch layer to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresStockQueries implements StockQueries {
    /** Every cell of chosen SKUs with what is allotted of it; a choice of cells {@code s} is to be filled in. */
    private static final String CELLS = """
            SELECT s.*, coalesce((SELECT sum(a.allotted) FROM allotment a
                                  WHERE a.sku = s.sku AND a.node = s.node AND a.virtual_warehouse = s.virtual_warehouse
                                    AND a.owner = s.owner AND a.quality = s.quality), 0) AS allotted
            FROM cell_stock s
            """;

    private static final String SUMS = """
            sum(free) AS free, sum(allotted) AS allotted, sum(allocated) AS allocated,
            sum(transfer_locked) AS transfer_locked, sum(held) AS held, sum(unsellable) AS unsellable,
            sum(deficit) AS deficit, sum(unsellable_deficit) AS unsellable_deficit, sum(in_transit) AS in_transit,
            sum(air) AS air, sum(virtual) AS virtual
            """;

    private final Database database;

    @Inject
    PostgresStockQueries(@Reads Database database) {
        this.database = database;
    }

    @Override
    public List<AtCell> byNode(String sku, String node, Cell after, int limit) {
        String fromSku = after == null ? "" : after.sku().code();
        Sql page = new Sql(CELLS)
                .text(" WHERE (s.sku, s.node, s.virtual_warehouse, s.owner, s.quality) > (?", fromSku)
                .text(", ?", after == null ? "" : after.node().node())
                .text(", ?", after == null ? "" : after.node().virtualWarehouse())
                .text(", ?", after == null ? "" : after.node().owner())
                .text(", ?)", after == null ? "" : after.node().quality().name());
        if (sku != null) {
            page.text(" AND s.sku = ?", sku);
        }
        if (node != null) {
            // The SKU is said again for the index by node, which does not see it in the comparison of rows.
            page.text(" AND s.node = ?", node).text(" AND s.sku >= ?", fromSku);
        }
        page.number(" ORDER BY s.sku, s.node, s.virtual_warehouse, s.owner, s.quality LIMIT ?", limit);
        return database.query(page, row -> new AtCell(Rows.cell(row), figures(row)));
    }

    @Override
    public List<InRegion> byRegion(String sku, String afterRegion, String afterSku, int limit) {
        // Step by step to the next SKU that any node of the region has: what lies behind the page is not read.
        Sql page = new Sql("WITH RECURSIVE page (region, sku, place) AS (")
                .text("SELECT ?::text", afterRegion)
                .text(", ?::text, 0::bigint UNION ALL", afterSku)
                .add("""
                         SELECT next.region, next.sku, p.place + 1 FROM page p CROSS JOIN LATERAL (
                            SELECT r.code AS region, first.sku FROM region r CROSS JOIN LATERAL (
                                SELECT c.sku FROM node n CROSS JOIN LATERAL (
                                    SELECT s.sku FROM cell_stock s
                                    WHERE s.node = n.code
                                      AND s.sku > CASE WHEN r.code > p.region THEN '' ELSE p.sku END
                        """);
        if (sku != null) {
            page.text(" AND s.sku = ?", sku);
        }
        page.add("""
                         ORDER BY s.sku LIMIT 1) c
                        WHERE n.regions @> ARRAY[r.code] ORDER BY c.sku LIMIT 1) first
                    WHERE r.code >= p.region ORDER BY r.code LIMIT 1) next
                """).number(" WHERE p.place < ?)", limit);
        return database.query(
                page.add(" SELECT p.region, p.sku, " + SUMS + " FROM page p"
                        + " JOIN node n ON n.regions @> ARRAY[p.region]"
                        + " CROSS JOIN LATERAL (" + CELLS + " WHERE s.sku = p.sku AND s.node = n.code) c"
                        + " WHERE p.place > 0 GROUP BY p.region, p.sku ORDER BY p.region, p.sku"),
                row -> new InRegion(row.getString("region"), row.getString("sku"), figures(row)));
    }

    @Override
    public List<InTotal> inTotal(String sku, String after, int limit) {
        Sql page = new Sql("WITH RECURSIVE page (sku, place) AS (")
                .text("SELECT ?::text, 0::bigint UNION ALL", after)
                .add(" SELECT next.sku, p.place + 1 FROM page p CROSS JOIN LATERAL (")
                .add("SELECT s.sku FROM cell_stock s WHERE s.sku > p.sku");
        if (sku != null) {
            page.text(" AND s.sku = ?", sku);
        }
        page.add(" ORDER BY s.sku LIMIT 1) next").number(" WHERE p.place < ?)", limit);
        return database.query(
                page.add(" SELECT c.sku, " + SUMS + " FROM page p CROSS JOIN LATERAL (" + CELLS
                        + " WHERE s.sku = p.sku) c WHERE p.place > 0 GROUP BY c.sku ORDER BY c.sku"),
                row -> new InTotal(row.getString("sku"), figures(row)));
    }

    private static StockFigures figures(ResultSet row) throws SQLException {
        return new StockFigures(
                row.getLong("free"),
                row.getLong("allotted"),
                row.getLong("allocated"),
                row.getLong("transfer_locked"),
                row.getLong("held"),
                row.getLong("unsellable"),
                row.getLong("deficit"),
                row.getLong("unsellable_deficit"),
                row.getLong("in_transit"),
                row.getLong("air"),
                row.getLong("virtual"));
    }

    @Override
    public List<Behind> behind(String sku, String node, int limitPerTerm) {
        List<Behind> behind = new ArrayList<>();
        behind.addAll(moved(Term.ON_HAND, List.of("EXTERNAL"), sku, node, limitPerTerm));
        behind.addAll(ordered(sku, node, limitPerTerm));
        behind.addAll(moved(Term.UNSELLABLE, List.of("UNSELLABLE", "UNSELLABLE_DEFICIT"), sku, node, limitPerTerm));
        behind.addAll(refused(sku, node, limitPerTerm));
        behind.addAll(moved(Term.VIRTUAL, List.of("VIRTUAL"), sku, node, limitPerTerm));
        behind.addAll(moved(Term.TRANSFER, List.of("TRANSFER_LOCKED"), sku, node, limitPerTerm));
        behind.addAll(moved(Term.DEFICIT, List.of("DEFICIT"), sku, node, limitPerTerm));
        return behind;
    }

    private List<Behind> ordered(String sku, String node, int limit) {
        return database.query(
                """
                SELECT *, quantity - refused - shipped - lost - cancelled AS remaining FROM outbound
                WHERE sku = ? AND (?::text IS NULL OR node = ?) AND refused + shipped + lost + cancelled < quantity
                ORDER BY rank DESC LIMIT ?
                """,
                p -> p.text(1, sku).text(2, node).text(3, node).integer(4, limit),
                row -> new Behind(
                        Rows.cell(row),
                        Term.ORDERED,
                        DocumentKind.DISPATCH_ORDER,
                        row.getString("order_number"),
                        row.getInt("order_line"),
                        row.getLong("remaining"),
                        row.getObject("requested_at", OffsetDateTime.class).toInstant()));
    }

    private List<Behind> refused(String sku, String node, int limit) {
        return database.query(
                """
                -- first what is held: joined, all refusals that are over would be read beside their outbounds
                WITH open AS MATERIALIZED (
                    SELECT * FROM refusal WHERE sku = ? AND (?::text IS NULL OR node = ?) AND held > 0
                )
                SELECT r.*, o.requested_at FROM open r JOIN outbound o USING (outbound)
                ORDER BY o.rank DESC LIMIT ?
                """,
                p -> p.text(1, sku).text(2, node).text(3, node).integer(4, limit),
                row -> new Behind(
                        Rows.cell(row),
                        Term.HELD,
                        DocumentKind.OUTBOUND_ORDER,
                        row.getString("outbound"),
                        0,
                        row.getLong("held"),
                        row.getObject("requested_at", OffsetDateTime.class).toInstant()));
    }

    /**
     * What movements brought into buckets or took out of them. For EXTERNAL the sign is turned round: what comes from
     * outside is added.
     */
    private List<Behind> moved(Term term, List<String> buckets, String sku, String node, int limit) {
        int sign = buckets.contains("EXTERNAL") ? -1 : 1;
        return database.query(
                """
                WITH here AS (
                    SELECT * FROM cell_stock WHERE sku = ? AND (?::text IS NULL OR node = ?)
                ), moved AS (
                    SELECT h.row_id, l.* FROM here h CROSS JOIN LATERAL (
                        (SELECT * FROM ledger WHERE to_row = h.row_id AND (to_bucket = ANY (?) OR from_bucket = ANY (?))
                           -- those within the row are found below, and in no index by where they went
                           AND to_row IS DISTINCT FROM from_row
                         ORDER BY movement_id DESC LIMIT ?)
                        UNION
                        (SELECT * FROM ledger WHERE from_row = h.row_id AND (to_bucket = ANY (?) OR from_bucket = ANY (?))
                         ORDER BY movement_id DESC LIMIT ?)) l
                )
                SELECT h.*, m.document_kind, m.document_number, m.document_line, m.moved_at,
                       ? * CASE WHEN m.to_bucket = ANY (?) AND m.from_bucket = ANY (?) THEN 0
                                WHEN m.to_bucket = ANY (?) THEN m.quantity ELSE -m.quantity END AS moved
                FROM moved m JOIN here h USING (row_id)
                ORDER BY m.movement_id DESC LIMIT ?
                """,
                p -> p.text(1, sku)
                        .text(2, node)
                        .text(3, node)
                        .texts(4, buckets)
                        .texts(5, buckets)
                        .integer(6, limit)
                        .texts(7, buckets)
                        .texts(8, buckets)
                        .integer(9, limit)
                        .integer(10, sign)
                        .texts(11, buckets)
                        .texts(12, buckets)
                        .texts(13, buckets)
                        .integer(14, limit),
                row -> new Behind(
                        Rows.cell(row),
                        term,
                        DocumentKind.valueOf(row.getString("document_kind")),
                        row.getString("document_number"),
                        row.getInt("document_line"),
                        row.getLong("moved"),
                        row.getObject("moved_at", OffsetDateTime.class).toInstant()));
    }
}
