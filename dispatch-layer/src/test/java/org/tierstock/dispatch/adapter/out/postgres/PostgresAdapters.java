package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.fake.Adapters;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.changes.PostgresChanges;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.documents.PostgresDocumentNumbers;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.PostgresInbox;
import org.tierstock.runtime.exchange.PostgresOutbox;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.PostgresStuckWork;
import org.tierstock.runtime.work.StuckWork;
import org.tierstock.runtime.work.WorkSignals;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;
import org.tierstock.testing.TransactionalDataSource;
import org.tierstock.testing.Transactions;

/** The dispatch layer's own database, new for each instance. Nodes and rules are written without Hibernate. */
public final class PostgresAdapters implements Adapters {
    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/dispatch");
    private final Database database = new Database(embedded.dataSource());
    private final WorkSignals signals = work -> {};
    private final TransactionalDataSource dataSource;
    private final Installation installation;
    private final StuckWork stuckWork;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Watermarks watermarks;
    private final DocumentNumbers documentNumbers;
    private final StockRows stockRows;
    private final DispatchLines lines;
    private final Outbounds outbounds;
    private final Revocations revocations;
    private final Refusals refusals;
    private final HandGrants handGrants;
    private final RuleBook ruleBook;
    private final Changes changes;

    public PostgresAdapters() {
        this(EmbeddedDatabase::dataSource);
    }

    /** Adapters that count their statements. */
    public PostgresAdapters(RowsRead rowsRead) {
        this(embedded -> embedded.dataSource(rowsRead, RowsRead.Plans.CUSTOM, ""));
    }

    /** Adapters that count what each of their statements reads, beside what a layer keeps of a long life. */
    PostgresAdapters(RowsRead rowsRead, RowsRead.Plans plans) {
        this(embedded -> embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        KeptRows.fill(
                embedded, PostgresAdapters.class, List.of("D>S"), List.of("S>D", "W>D:A", "W>D:B", "W>D:C", "W>D:OLD"));
    }

    private PostgresAdapters(Function<EmbeddedDatabase, TransactionalDataSource> connections) {
        dataSource = connections.apply(embedded);
        Database used = new Database(dataSource);
        installation = new Installation(used);
        stuckWork = new PostgresStuckWork(used, used, 0, 0, 1_000);
        outbox = new PostgresOutbox(used, installation, signals);
        inbox = new PostgresInbox(used, new SimpleMeterRegistry());
        watermarks = new PostgresWatermarks(used);
        documentNumbers = new PostgresDocumentNumbers(used, installation);
        stockRows = new PostgresStockRows(used, new Ledger(used));
        lines = new PostgresDispatchLines(used, installation);
        outbounds = new PostgresOutbounds(used, installation);
        revocations = new PostgresRevocations(used);
        refusals = new PostgresRefusals(used);
        handGrants = new PostgresHandGrants(used);
        ruleBook = new SqlRuleBook(used);
        changes = new PostgresChanges(used, new ObjectMapper());
    }

    /** Every balance equals the sum of its movements. */
    public void checkLedger() {
        assertThat(database.query(
                        """
                        WITH moved AS (
                            SELECT to_row AS row_id, to_bucket AS bucket, quantity FROM ledger WHERE to_row IS NOT NULL
                            UNION ALL
                            SELECT from_row, from_bucket, -quantity FROM ledger WHERE from_row IS NOT NULL
                        ), sums AS (SELECT row_id, bucket, sum(quantity) AS quantity FROM moved GROUP BY row_id, bucket)
                        SELECT row_id, bucket, b.quantity, s.quantity
                        FROM stock_balance b FULL JOIN sums s USING (row_id, bucket)
                        WHERE coalesce(b.quantity, 0) <> coalesce(s.quantity, 0)
                        """,
                        Database.Binder.NOTHING,
                        row -> row.getLong(1) + " " + row.getString(2) + " " + row.getLong(3) + " " + row.getLong(4)))
                .isEmpty();
    }

    /** The number of the last transaction that a peer may come to know of. */
    public long journal() {
        return installation.journal();
    }

    /** The same database, counting what each statement reads. */
    Database counting(RowsRead rowsRead, RowsRead.Plans plans) {
        return new Database(embedded.dataSource(rowsRead, plans, ""));
    }

    /** How much is kept of orders for sales, beside the cancels themselves. */
    public long charactersOfSheets() {
        return database.query(
                        "SELECT coalesce(sum(length(sheet)), 0) FROM line_cancel",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
    }

    /** The database, for what only a test may look at. */
    public Database database() {
        return database;
    }

    /** As the database does by itself after a while. */
    void analyze() {
        new Database(embedded.ownerDataSource()).update("VACUUM ANALYZE", Database.Binder.NOTHING);
    }

    @Override
    public Transactions transactions() {
        return dataSource;
    }

    @Override
    public StockRows stockRows() {
        return stockRows;
    }

    @Override
    public DispatchLines lines() {
        return lines;
    }

    @Override
    public Outbounds outbounds() {
        return outbounds;
    }

    @Override
    public Revocations revocations() {
        return revocations;
    }

    @Override
    public Refusals refusals() {
        return refusals;
    }

    @Override
    public HandGrants handGrants() {
        return handGrants;
    }

    @Override
    public RuleBook ruleBook() {
        return ruleBook;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Watermarks watermarks() {
        return watermarks;
    }

    @Override
    public DocumentNumbers documentNumbers() {
        return documentNumbers;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public WorkSignals signals() {
        return signals;
    }

    @Override
    public StuckWork stuckWork() {
        return stuckWork;
    }

    @Override
    public List<DispatchLine> allLines() {
        return database.query(
                "SELECT * FROM dispatch_line WHERE NOT starts_with(order_number, 'OLD') ORDER BY rank",
                Database.Binder.NOTHING,
                PostgresDispatchLines::line);
    }

    @Override
    public List<Outbound> allOutbounds() {
        return database.query(
                "SELECT * FROM outbound WHERE NOT starts_with(order_number, 'OLD') ORDER BY rank",
                Database.Binder.NOTHING,
                PostgresOutbounds::outbound);
    }

    @Override
    public List<Received<Message>> sent() {
        return database.query(
                "SELECT * FROM outbox WHERE type <> 'Old' ORDER BY written_at, partition, sequence",
                Database.Binder.NOTHING,
                row -> new Received<Message>(
                        MessageCodec.read(
                                row.getString("type"),
                                row.getString("payload").getBytes(StandardCharsets.UTF_8),
                                ToSales.class),
                        new StreamPosition(row.getString("stream"), row.getInt("partition"), row.getLong("sequence")),
                        Installation.FIRST_EPOCH,
                        row.getLong("journal")));
    }

    @Override
    public void giveUpHandOver(LineNumber line) {
        database.update("""
                INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code, state, settled_at,
                                            given_up, document)
                VALUES ('hand-over', ?, 'HandOver', '{}', '', 'why', 'OTHER', 'CLOSED', now(), true, ?)
                """, p -> p.text(1, line.toString()).text(2, line.order() + "/" + line.line()));
    }

    @Override
    public int changesNoted() {
        return database.query("SELECT count(*) FROM change", Database.Binder.NOTHING, row -> row.getInt(1))
                .getFirst();
    }

    @Override
    public void advance(Duration duration) {
        // The database's clock goes by itself.
    }

    @Override
    public int retrySeconds() {
        return 0;
    }
}
