package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.at;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.Cell;

class AdjustStockTest {
    private static final Cell PHONES_AT_A = new Cell(at("A"), PHONE);

    private final DispatchLayer dispatch = DispatchLayer.inMemory();

    private AdjustStock.Outcome adjust(long quantity, boolean unmoved) {
        return dispatch.adapters
                .transactions()
                .inTransaction(() -> dispatch.adjustStock.adjust(PHONES_AT_A, quantity, "ADJ-1", () -> unmoved));
    }

    private StockOfSku stock() {
        return dispatch.adapters
                .transactions()
                .inTransaction(
                        () -> dispatch.adapters.stockRows().lock(List.of(PHONE)).of(PHONE));
    }

    @Test
    void what_is_missing_here_becomes_free() {
        assertThat(adjust(5, true)).isEqualTo(AdjustStock.Outcome.BOOKED);

        assertThat(stock().free(at("A"))).isEqualTo(5);
        assertThat(dispatch.adapters.sent()).isEmpty();
    }

    @Test
    void what_is_too_much_is_taken_from_free_stock_and_the_rest_breaks_promises() {
        adjust(5, true);
        adjust(-2, true);
        assertThat(stock().free(at("A"))).isEqualTo(3);

        assertThat(adjust(-4, true)).isEqualTo(AdjustStock.Outcome.BOOKED);

        assertThat(stock().free(at("A"))).isZero();
        assertThat(stock().balance(at("A"), DispatchBucket.DEFICIT)).isEqualTo(-1);
    }

    @Test
    void nothing_is_booked_when_the_cell_has_moved() {
        assertThat(adjust(5, false)).isEqualTo(AdjustStock.Outcome.MOVED);

        assertThat(stock().free(at("A"))).isZero();
    }
}
