package org.tierstock.runtime.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tierstock.movements.Book;
import org.tierstock.movements.Bucket;
import org.tierstock.movements.Movement;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Insert;

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

    /** Most postings do one thing, and many send no message: what their rows have in common goes to the database once. */
    private static Database.Write write(List<LedgerRow> rows) {
        Insert<LedgerRow> insert = new Insert<>("ledger", rows)
                .nullableLongs("from_row", LedgerRow::fromRow)
                .nullableLongs("to_row", LedgerRow::toRow)
                .longs("quantity", LedgerRow::quantity)
                .texts("document_number", row -> row.because().number())
                .integers("document_line", row -> row.because().line());
        LedgerRow first = rows.getFirst();
        if (rows.stream().allMatch(first::doesAs)) {
            insert.all("action", first.action().name())
                    .all("from_bucket", first.fromBucket())
                    .all("to_bucket", first.toBucket())
                    .all("document_kind", first.because().kind().name());
        } else {
            insert.texts("action", row -> row.action().name())
                    .texts("from_bucket", LedgerRow::fromBucket)
                    .texts("to_bucket", LedgerRow::toBucket)
                    .texts("document_kind", row -> row.because().kind().name());
        }
        if (rows.stream().anyMatch(row -> row.stamp() != null)) {
            insert.texts("stream", row -> row.stamp() == null ? null : row.stamp().stream())
                    .partitions(
                            "partition",
                            row -> row.stamp() == null ? null : row.stamp().partition())
                    .nullableLongs(
                            "sequence",
                            row -> row.stamp() == null ? null : row.stamp().sequence());
        }
        return insert.write();
    }
}
