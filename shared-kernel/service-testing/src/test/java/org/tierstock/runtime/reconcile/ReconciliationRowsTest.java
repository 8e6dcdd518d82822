package org.tierstock.runtime.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.check.CheckRuns;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** What a reconciliation has found is looked at when stock is wrong, and must be there however much the layer keeps. */
class ReconciliationRowsTest {
    private static final String NUMBER = "RC-1-1";
    private static final String KEY = "OLD-7";

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void differences_with_their_documents_are_shown_without_reading_what_is_kept(RowsRead.Plans plans) {
        KeptRows.fill(embedded, null, List.of("S>D"), List.of("D>S"));
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        ReconciliationRows rows =
                new ReconciliationRows(database, database, new CheckRuns(database, database, null), "dispatch");
        database.update(
                "INSERT INTO check_run (number, kind, state, asked_by, finished_at)"
                        + " VALUES (?, 'RECONCILIATION', 'DONE', 'o', now())",
                p -> p.text(1, NUMBER));
        Map<String, List<Reconciliation.Document>> around =
                new DocumentsAround(new Database(embedded.dataSource())).of(List.of(KEY, "new"));
        rows.store(NUMBER, found(), around);

        Reconciliation shown = rows.find(NUMBER).orElseThrow();
        assertThat(shown.differences())
                .extracting(Reconciliation.Difference::key)
                .containsExactly(KEY, "new");
        assertThat(shown.differences().getFirst().documents())
                .hasSize(DocumentsAround.PER_KEY)
                .isEqualTo(around.get(KEY))
                .allMatch(Reconciliation.Document::givenUp);
        assertThat(shown.differences().getLast().documents()).isEmpty();
        assertThat(rows.difference(NUMBER, "", KEY)).hasValueSatisfying(difference -> {
            assertThat(difference.here()).isEqualTo(3);
            assertThat(difference.there()).isEqualTo(5);
        });
        assertThat(rows.difference(NUMBER, "", "other")).isEmpty();

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    private static Compared found() {
        List<AppliedPosition> applied = List.of(new AppliedPosition("D>S", 0, 1, NumberRanges.of(List.of())));
        Compared result = new Compared(ReconciliationRows.MAX_DIFFERENCES);
        result.add(
                Cut.whole(List.of("D>S"), applied),
                new Comparison(
                        10,
                        2,
                        List.of(new Comparison.Difference("", KEY, 3, 5), new Comparison.Difference("", "new", 0, 1))));
        return result;
    }
}
