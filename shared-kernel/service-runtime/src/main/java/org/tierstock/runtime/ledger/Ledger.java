package org.tierstock.runtime.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tierstock.movements.Book;
import org.tierstock.movements.Bucket;
import org.tierstock.movements.Movement;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.sql.Database;

/** Appends movements in bulk. Nothing can change or delete a row: the database refuses. */
@ApplicationScoped
public class Ledger {
    private final Database database;

    @Inject
    public Ledger(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected Ledger() {
        this(null);
    }

    /**
     * Appends everything that a book posted.
     *
     * @param numbers the stamps of the messages that the entries name
     * @param rowId the stock row of a key and bucket
     */
    public <K, B extends Enum<B> & Bucket> void append(Book<K, B> book, Numbers numbers, BiFunction<K, B, Long> rowId) {
        append(rows(book, numbers, rowId));
    }

    /** The same, not yet done: a statement to be sent with others. The book must have entries. */
    public <K, B extends Enum<B> & Bucket> Database.Write write(
            Book<K, B> book, Numbers numbers, BiFunction<K, B, Long> rowId) {
        return write(rows(book, numbers, rowId));
    }

    private static <K, B extends Enum<B> & Bucket> List<LedgerRow> rows(
            Book<K, B> book, Numbers numbers, BiFunction<K, B, Long> rowId) {
        List<LedgerRow> rows = new ArrayList<>(book.entries().size());
        for (Book.Entry<K, B> entry : book.entries()) {
            Movement<K, B> movement = entry.movement();
            rows.add(new LedgerRow(
                    movement.action(),
                    movement.from() == null ? null : rowId.apply(movement.from(), movement.fromBucket()),
                    movement.fromBucket().name(),
                    movement.to() == null ? null : rowId.apply(movement.to(), movement.toBucket()),
                    movement.toBucket().name(),
                    movement.quantity(),
                    movement.because(),
                    entry.notice() == null ? null : numbers.of(entry.notice())));
        }
        return rows;
    }

    /** Appends rows in this transaction. */
    public void append(List<LedgerRow> rows) {
        if (!rows.isEmpty()) {
            database.updateExactly(List.of(write(rows)));
        }
    }

    /** Arrays of one length, unnested in step: FROM unnest(...) would first lay each of them down as a table of its own. */
    private static Database.Write write(List<LedgerRow> rows) {
        return new Database.Write(
                rows.size(),
                """
                INSERT INTO ledger (action, from_row, from_bucket, to_row, to_bucket, quantity,
                                    document_kind, document_number, document_line, stream, partition, sequence)
                SELECT unnest(?::text[]), unnest(?::bigint[]), unnest(?::text[]), unnest(?::bigint[]), unnest(?::text[]),
                       unnest(?::bigint[]), unnest(?::text[]), unnest(?::text[]), unnest(?::integer[]), unnest(?::text[]),
                       unnest(?::smallint[]), unnest(?::bigint[])
                """,
                p -> p.texts(1, rows, row -> row.action().name())
                        .nullableLongs(2, rows, LedgerRow::fromRow)
                        .texts(3, rows, LedgerRow::fromBucket)
                        .nullableLongs(4, rows, LedgerRow::toRow)
                        .texts(5, rows, LedgerRow::toBucket)
                        .longs(6, rows, LedgerRow::quantity)
                        .texts(7, rows, row -> row.because().kind().name())
                        .texts(8, rows, row -> row.because().number())
                        .integers(9, rows, row -> row.because().line())
                        .texts(10, rows, row -> stream(row.stamp()))
                        .nullableLongs(
                                11,
                                rows,
                                row -> row.stamp() == null
                                        ? null
                                        : (long) row.stamp().partition())
                        .nullableLongs(
                                12,
                                rows,
                                row -> row.stamp() == null ? null : row.stamp().sequence()));
    }

    private static String stream(StreamPosition stamp) {
        return stamp == null ? null : stamp.stream();
    }
}
