package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.adapter.out.postgres.Rows.Numbered;
import org.tierstock.warehouse.application.port.Receipts;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceivedGoods;

/** The receipts in PostgreSQL. */
@ApplicationScoped
public class PostgresReceipts implements Receipts {
    private final Database database;

    @Inject
    public PostgresReceipts(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, ReceivedGoods> find(Collection<String> numbers) {
        Map<String, List<ReceivedGoods.Line>> lines = new HashMap<>();
        database.query(
                "SELECT * FROM receipt_line JOIN receipt USING (number) WHERE number = ANY (?) ORDER BY number, place",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> lines.computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                        .add(new ReceivedGoods.Line(
                                new Receipt.Line(
                                        row.getInt("line"),
                                        Rows.key(row),
                                        row.getObject("expires_on", LocalDate.class),
                                        row.getLong("cases"),
                                        row.getLong("units"),
                                        row.getLong("bad_units")),
                                row.getLong("good"))));
        Map<String, ReceivedGoods> found = new HashMap<>();
        database.query(
                "SELECT number, cause, warehouse, received_at FROM receipt WHERE number = ANY (?)",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> {
                    List<ReceivedGoods.Line> received = lines.get(row.getString("number"));
                    Receipt receipt = new Receipt(
                            row.getString("number"),
                            ReceiptCause.valueOf(row.getString("cause")),
                            row.getString("warehouse"),
                            received.stream().map(ReceivedGoods.Line::line).toList());
                    return found.put(
                            receipt.number(),
                            new ReceivedGoods(
                                    receipt,
                                    received,
                                    row.getObject("received_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return found;
    }

    @Override
    public void add(Collection<ReceivedGoods> posted) {
        if (posted.isEmpty()) {
            return;
        }
        List<ReceivedGoods> receipts = List.copyOf(posted);
        database.updateExactly(
                receipts.size(),
                """
                INSERT INTO receipt (number, cause, warehouse, received_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                """,
                p -> p.texts(1, receipts, goods -> goods.receipt().number())
                        .texts(2, receipts, goods -> goods.receipt().cause().name())
                        .texts(3, receipts, goods -> goods.receipt().warehouse())
                        .instants(4, receipts, ReceivedGoods::receivedAt));
        List<Numbered<ReceivedGoods.Line>> lines =
                Rows.lines(receipts, goods -> goods.receipt().number(), ReceivedGoods::lines);
        List<Receipt.Line> sent =
                lines.stream().map(numbered -> numbered.line().line()).toList();
        database.updateExactly(
                lines.size(),
                """
                INSERT INTO receipt_line (number, place, line, sku, virtual_warehouse, owner, quality, batch, location,
                                          expires_on, cases, units, bad_units, good)
                SELECT * FROM unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::text[], ?::date[], ?::bigint[], ?::bigint[], ?::bigint[],
                                     ?::bigint[])
                """,
                p -> p.texts(1, lines, Numbered::number)
                        .integers(2, lines, Numbered::place)
                        .integers(3, sent, Receipt.Line::line)
                        .texts(4, sent, line -> line.key().sku().code())
                        .texts(5, sent, line -> line.key().virtualWarehouse())
                        .texts(6, sent, line -> line.key().owner())
                        .texts(7, sent, line -> line.key().quality().name())
                        .texts(8, sent, line -> line.key().batch())
                        .texts(9, sent, line -> line.key().location())
                        .dates(10, sent, Receipt.Line::expiresOn)
                        .longs(11, sent, Receipt.Line::cases)
                        .longs(12, sent, Receipt.Line::units)
                        .longs(13, sent, Receipt.Line::badUnits)
                        .longs(14, lines, numbered -> numbered.line().good()));
    }
}
