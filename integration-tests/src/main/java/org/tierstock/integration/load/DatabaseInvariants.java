package org.tierstock.integration.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/**
 * What must hold between what clients were told and the three databases whenever everything is at rest (07-protocol,
 * section 7). Reads tables, not interfaces, so that it can be asked often.
 */
final class DatabaseInvariants {
    /** Only the contra buckets may be below zero. */
    private static final String BELOW_ZERO = """
            SELECT bucket, row_id || ': ' || quantity FROM stock_balance
            WHERE quantity < 0 AND bucket NOT IN ('DEFICIT', 'UNSELLABLE_DEFICIT')
            """;

    private static final String SENT = """
            SELECT h.stream || '/' || h.partition, count(o.sequence) || ' of ' || h.sequence
            FROM stream_head h LEFT JOIN outbox o ON o.stream = h.stream AND o.partition = h.partition
            WHERE h.sequence > 0 GROUP BY h.stream, h.partition, h.sequence
            """;

    private static final String HEADS =
            "SELECT stream || '/' || partition, sequence::text FROM stream_head WHERE sequence > 0";

    private static final String APPLIED = """
            SELECT stream || '/' || partition, count(*) || ' of ' || max(sequence) FROM inbox GROUP BY stream, partition
            """;

    private static final String PARKED = "SELECT queue || ' ' || message_id, reason FROM parked_message";

    /** A lock is resolved once: what is still locked or sold is what the lines say, line by line summed per stock row. */
    private static final String UNRESOLVED = """
            SELECT s.sku || ' of ' || s.channel,
                   s.locked || ' locked and ' || s.sold || ' sold, but lines of '
                       || coalesce(l.locked, 0) || ' and ' || coalesce(l.sold, 0)
            FROM stock s LEFT JOIN (
                SELECT l.row_id,
                       sum(l.quantity - l.cancelled)
                           FILTER (WHERE l.state = 'PLACED' AND o.deduction_mode <> 'PAYMENT_TIME') AS locked,
                       sum(l.quantity - l.cancelled - l.reversed) FILTER (WHERE l.state = 'PAID') AS sold
                FROM order_line l JOIN sales_order o ON o.order_id = l.order_id GROUP BY l.row_id) l USING (row_id)
            WHERE s.locked <> coalesce(l.locked, 0) OR s.sold <> coalesce(l.sold, 0)
            """;

    /** One document line moves one thing once. */
    private static final String MOVED_TWICE = """
            SELECT document_kind || ' ' || document_number || '/' || document_line, action || ' ' || count(*) || ' times'
            FROM ledger
            GROUP BY document_kind, document_number, document_line, action, from_row, from_bucket, to_row, to_bucket
            HAVING count(*) > 1
            """;

    private static final String SALES_LINES = """
            SELECT o.number || '/' || l.line, (l.quantity - l.cancelled) || ' handed over, ' || l.reversed || ' came back'
            FROM order_line l JOIN sales_order o ON o.order_id = l.order_id
            WHERE l.state = 'PAID'
            """;

    private static final String DISPATCH_LINES = """
            SELECT order_number || '/' || line, quantity || ' handed over, ' || cancelled || ' came back'
            FROM dispatch_line
            """;

    /** E3 and E4 of every line: what dispatch believes to be locked at warehouses is what it has allocated. */
    private static final String ALLOCATED = """
            SELECT l.order_number || '/' || l.line, l.allocated || ' allocated, outbounds of ' || coalesce(o.remaining, 0)
            FROM dispatch_line l LEFT JOIN (
                SELECT order_number, order_line, sum(quantity - refused - shipped - lost - cancelled) AS remaining
                FROM outbound GROUP BY order_number, order_line) o
              ON o.order_number = l.order_number AND o.order_line = l.line
            WHERE l.allocated <> coalesce(o.remaining, 0)
            """;

    private static final String ASKED_LOCKS = """
            SELECT outbound, quantity || ': ' || refused || ' refused, ' || shipped || ' shipped, ' || lost || ' lost, '
                       || cancelled || ' released'
            FROM outbound
            """;

    private static final String ANSWERED_LOCKS = """
            SELECT outbound, quantity || ': ' || refused || ' refused, ' || shipped || ' shipped, ' || lost || ' lost, '
                       || released || ' released'
            FROM outbound
            """;

    private static final String ORDERS = "SELECT number, state FROM sales_order";
    private static final String PAYMENTS = "SELECT order_number, string_agg(document, ',') FROM payment GROUP BY 1";
    private static final String CANCELLATIONS =
            "SELECT order_number, count(*)::text FROM cancellation GROUP BY order_number";
    private static final String SHIPPED = """
            SELECT o.order_number || '/' || o.order_line, sum(l.quantity)::text
            FROM shipment_line l JOIN shipment s ON s.number = l.number JOIN outbound o ON o.outbound = s.outbound
            GROUP BY o.order_number, o.order_line
            """;

    private static final String SHORT = "SELECT sku, sum(shortage)::text FROM dispatch_line GROUP BY sku";
    private static final String RECEIVED = "SELECT sku, sum(good)::text FROM receipt_line GROUP BY sku";

    private static final int ROWS_AT_ONCE = 1_000;

    private final LocalPlatform platform;
    private final String kept;
    private final Acknowledged acknowledged;
    private final Market market;
    private final Findings findings;

    /** @param kept how the names of all begin that was there before the load; empty when nothing was */
    DatabaseInvariants(
            LocalPlatform platform, String kept, Market market, Acknowledged acknowledged, Findings findings) {
        this.platform = platform;
        this.kept = kept;
        this.market = market;
        this.acknowledged = acknowledged;
        this.findings = findings;
    }

    /** How many messages each stream partition has. */
    static Map<String, String> heads(LocalPlatform platform) {
        Map<String, String> heads = new HashMap<>();
        for (Layer layer : Layer.values()) {
            heads.putAll(rows(platform, layer, HEADS, name -> true));
        }
        return heads;
    }

    /** Finds what does not hold. Nothing may be on its way. */
    void check() {
        Map<String, String> sent = new HashMap<>();
        Map<String, String> applied = new HashMap<>();
        for (Layer layer : Layer.values()) {
            none(layer, BELOW_ZERO, "a bucket is below zero");
            none(layer, PARKED, "a message was parked");
            sent.putAll(rows(layer, SENT));
            applied.putAll(rows(layer, APPLIED));
        }
        same(sent, applied, "what was sent is not what was applied");
        none(Layer.SALES, UNRESOLVED, "a lock is not resolved exactly once");
        none(Layer.SALES, MOVED_TWICE, "a document line moved stock twice");
        none(Layer.DISPATCH, ALLOCATED, "a line's allocation is not that of its outbounds (E4)");
        same(
                rows(Layer.SALES, SALES_LINES),
                rows(Layer.DISPATCH, DISPATCH_LINES),
                "sales and dispatch differ in a line");
        same(
                rows(Layer.DISPATCH, ASKED_LOCKS),
                rows(Layer.WAREHOUSE, ANSWERED_LOCKS),
                "dispatch and warehouse differ in a lock (E3)");
        documents();
        goods();
    }

    private void documents() {
        Map<String, String> orders = rows(Layer.SALES, ORDERS);
        Map<String, String> payments = rows(Layer.SALES, PAYMENTS);
        Map<String, String> cancellations = rows(Layer.SALES, CANCELLATIONS);
        Set<String> unknown = new HashSet<>(orders.keySet());
        for (KeptOrder kept : acknowledged.kept()) {
            unknown.remove(kept.number());
            String state = orders.get(kept.number());
            findings.require(state != null, "an acknowledged order is missing", kept.number());
            findings.require(
                    !kept.paid() || "PAID".equals(state),
                    "an order that was acknowledged as paid is not",
                    kept.number() + " is " + state);
            findings.require(
                    (kept.payment() == KeptOrder.Payment.NONE) != payments.containsKey(kept.number()),
                    "the payments of an order are not those acknowledged",
                    kept.number() + ", " + kept.payment() + ": " + payments.get(kept.number()));
            findings.require(
                    Integer.toString(kept.cancellations()).equals(cancellations.getOrDefault(kept.number(), "0")),
                    "the cancellations of an order are not those acknowledged",
                    kept.number() + ", " + kept.cancellations() + ": " + cancellations.get(kept.number()));
        }
        unknown.forEach(order -> findings.find("an order is there that nobody was told of", order));
    }

    private void goods() {
        Map<String, String> shipped = rows(Layer.WAREHOUSE, SHIPPED);
        for (KeptOrder kept : acknowledged.kept()) {
            for (int line : kept.lines().keySet()) {
                Acknowledged.OrderLine name = new Acknowledged.OrderLine(kept.number(), line);
                findings.equal(
                        "what a warehouse has shipped is not what it has acknowledged",
                        kept.number() + "/" + line,
                        acknowledged.shippedUnits(name),
                        Long.parseLong(shipped.getOrDefault(kept.number() + "/" + line, "0")));
            }
        }
        Map<String, String> received = rows(Layer.WAREHOUSE, RECEIVED);
        Map<String, String> shortages = rows(Layer.DISPATCH, SHORT);
        for (String sku : market.skus()) {
            findings.equal(
                    "what a warehouse has received is not what it has acknowledged",
                    sku,
                    acknowledged.receivedUnits(sku),
                    Long.parseLong(received.getOrDefault(sku, "0")));
            long shortUnits = Long.parseLong(shortages.getOrDefault(sku, "0"));
            findings.require(
                    shortUnits <= acknowledged.lostUnits(sku),
                    "oversold: more units are short than were lost (E6)",
                    sku + ": " + shortUnits + " short, " + acknowledged.lostUnits(sku) + " lost");
        }
    }

    private void none(Layer layer, String sql, String otherwise) {
        rows(layer, sql).forEach((what, how) -> findings.find(otherwise, layer.code() + ": " + what + ": " + how));
    }

    private void same(Map<String, String> here, Map<String, String> there, String otherwise) {
        Set<String> names = new HashSet<>(here.keySet());
        names.addAll(there.keySet());
        for (String name : names) {
            findings.require(
                    String.valueOf(here.get(name)).equals(String.valueOf(there.get(name))),
                    otherwise,
                    name + ": " + here.get(name) + ", and " + there.get(name));
        }
    }

    /** A statement's rows: what each is about, and what it says of it. */
    private Map<String, String> rows(Layer layer, String sql) {
        return rows(platform, layer, sql, name -> kept.isEmpty() || !name.startsWith(kept));
    }

    private static Map<String, String> rows(LocalPlatform platform, Layer layer, String sql, Predicate<String> wanted) {
        LayerDatabase database = platform.database(layer);
        Map<String, String> rows = new HashMap<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            // Without a transaction the driver would hold all rows at once.
            connection.setAutoCommit(false);
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    if (wanted.test(name)) {
                        rows.put(name, row.getString(2));
                    }
                }
            }
        } catch (SQLException e) {
            throw new LoadFailure("the " + layer.code() + " database does not answer: " + e.getMessage(), e);
        }
        return rows;
    }
}
