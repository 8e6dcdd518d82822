package org.tierstock.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** A page of the whole ledger reads the few pages of the table that it is in, wherever it begins, and misses nothing. */
class MovementsReadTheirPageTest {
    private static final int MOVEMENTS = 100_000;

    /** Numbers that were drawn and never kept, after half of the movements. */
    private static final int LOST = 2_000;

    /** Some times sixteen pages of the table; the last ones are not summed up yet. */
    private static final int MOST = 6_000;

    private static final Limit LIMIT = new Limit(100);
    private static final int PAGES = 3;
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration APART = Duration.ofSeconds(30);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final Database owner = new Database(embedded.ownerDataSource());
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_page_of_the_whole_ledger_reads_about_itself_however_long_the_ledger_is(RowsRead.Plans plans) {
        fill();
        Movements movements = new Movements(new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS)));

        for (MovementFilter filter : List.of(
                all(null, null),
                all(null, NOW.minus(Duration.ofMinutes(20))),
                all(at(-10), null),
                all(at(1_000), null),
                all(at(1_000), at(1_120)),
                all(at(MOVEMENTS / 2 - 150), at(MOVEMENTS / 2 + 150)),
                all(at(MOVEMENTS / 2 + 150), at(MOVEMENTS / 2 - 150)),
                all(at(MOVEMENTS - 120), null),
                all(null, at(10)),
                all(NOW.plus(Duration.ofDays(3650)), null))) {
            assertThat(pages(movements, filter, null)).as("%s", filter).isEqualTo(expected(filter, 0));
        }
        MovementFilter since = all(at(70_000), null);
        assertThat(pages(movements, since, Cursor.of(10)))
                .as("from a cursor far before the time")
                .isEqualTo(expected(since, 10));
        assertThat(pages(movements, since, Cursor.of(Long.MAX_VALUE))).isEmpty();
        assertThat(pages(movements, all(at(-10), null), Cursor.of(Long.MIN_VALUE)))
                .isEqualTo(expected(all(at(-10), null), 0));
    }

    private static MovementFilter all(Instant from, Instant to) {
        return new MovementFilter(null, null, from, to);
    }

    private static Instant at(int movement) {
        return NOW.minus(APART.multipliedBy(MOVEMENTS - movement));
    }

    /** Some pages, each statement of which reads no more than it may. */
    private List<Long> pages(Movements movements, MovementFilter filter, Cursor from) {
        List<Long> found = new ArrayList<>();
        Cursor after = from;
        for (int pages = 0; pages < PAGES; pages++) {
            rowsRead.clear();
            Page<RecordedMovement> page = movements.page(filter, after, LIMIT);
            assertThat(rowsRead.above(MOST, 0)).as("%s", filter).isEmpty();
            page.items().forEach(movement -> found.add(movement.movement()));
            if (page.next() == null) {
                break;
            }
            after = Cursor.parse(page.next(), 1);
        }
        return found;
    }

    private List<Long> expected(MovementFilter filter, long after) {
        return owner.query(
                """
                SELECT movement_id FROM ledger WHERE movement_id > ? AND moved_at >= ? AND moved_at < ?
                ORDER BY movement_id LIMIT ?
                """,
                p -> p.number(1, after)
                        .instant(2, filter.from() == null ? Instant.now().minus(Duration.ofHours(1)) : filter.from())
                        .instant(3, filter.to() == null ? NOW.plus(Duration.ofDays(1)) : filter.to())
                        .integer(4, PAGES * LIMIT.rows()),
                row -> row.getLong(1));
    }

    /** Over some months. Now and then a transaction has begun long before it moved anything, or was rolled back. */
    private void fill() {
        owner.update(
                "CREATE TABLE shelf AS SELECT 1::bigint AS row_id, 'here'::text AS key, 'COLA'::text AS sku",
                Binder.NOTHING);
        owner.update("CREATE VIEW stock_row AS SELECT * FROM shelf", Binder.NOTHING);
        owner.query("""
                SELECT make_ledger_month(m::date)
                FROM generate_series(date_trunc('month', now() - interval '40 days'), now(), interval '1 month') AS m
                WHERE NOT has_ledger_month(m::date)
                """, Binder.NOTHING, row -> row.getString(1));
        insert(0, MOVEMENTS - 500);
        owner.update("VACUUM ANALYZE", Binder.NOTHING);
        insert(MOVEMENTS - 500, MOVEMENTS);
        owner.query(
                "SELECT setval('ledger_movement_id', max(movement_id) + 700) FROM ledger",
                Binder.NOTHING,
                row -> row.getLong(1));
    }

    private void insert(int from, int to) {
        owner.update(
                """
                INSERT INTO ledger (movement_id, moved_at, action, from_bucket, to_row, to_bucket, quantity, document_kind,
                                    document_number, document_line)
                SELECT n + n / 50 * 3 + CASE WHEN n > ? THEN ? ELSE 0 END,
                       ?::timestamptz - make_interval(secs => (? - n + CASE WHEN n % 97 = 0 THEN 20 ELSE 0 END) * ?),
                       'INCREASE', 'EXTERNAL', 1, 'SELLABLE', 1, 'PURCHASE_RECEIPT', 'R-' || n, 1
                FROM generate_series(? + 1, ?) AS n ORDER BY n
                """,
                p -> p.integer(1, MOVEMENTS / 2)
                        .integer(2, LOST)
                        .instant(3, NOW)
                        .integer(4, MOVEMENTS)
                        .number(5, APART.toSeconds())
                        .integer(6, from)
                        .integer(7, to));
    }
}
