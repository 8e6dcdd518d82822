package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.Event.OrderCancelled;
import org.tierstock.local.demo.Event.OrderPaid;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.OwnBooks.Stage;

class CustomersTest {
    private static final LocalDateTime NOON = LocalDateTime.of(1998, 1, 1, 12, 0);

    private final OwnBooks books = new OwnBooks();
    private final Crew crew = new Crew();
    private FakeSales sales;

    @BeforeEach
    void a_sales_layer() throws IOException {
        sales = new FakeSales();
    }

    @AfterEach
    void it_ends() {
        crew.close();
        sales.close();
    }

    @Test
    void an_order_is_placed_and_paid() {
        sales.stock("A", 5);

        play(placed("1", new OrderedLine("A", 2)), paid("1"));

        assertThat(sales.documents).containsExactly("order 1 [A x 2]", "payment web:1");
        assertThat(books.order("web:1").stage()).isEqualTo(Stage.PAID);
    }

    @Test
    void a_refused_basket_is_cut_to_what_is_left_and_ordered_again_under_the_same_number() {
        sales.stock("A", 5).stock("B", 1);

        play(placed("1", new OrderedLine("A", 2), new OrderedLine("B", 3), new OrderedLine("C", 1)));

        assertThat(sales.documents).containsExactly("order 1 [A x 2, B x 3, C x 1]", "order 1 [A x 2, B x 1]");
        assertThat(books.order("web:1").lines())
                .extracting(OwnBooks.Line::sku, OwnBooks.Line::units)
                .containsExactly(tuple("A", 2L), tuple("B", 1L));
        assertThat(books.cutBaskets()).isEqualTo(1);
    }

    @Test
    void a_basket_of_which_nothing_is_left_is_refused_and_neither_paid_nor_cancelled() {
        play(placed("1", new OrderedLine("A", 2)), paid("1"), cancelled("1", true));

        assertThat(sales.documents).containsExactly("order 1 [A x 2]");
        assertThat(books.order("web:1")).isNull();
        assertThat(books.refusedByReason()).isEqualTo(Map.of("nothing of the basket is in stock", 1L));
    }

    @Test
    void an_order_that_is_wholly_cancelled_is_not_paid() {
        sales.stock("A", 5);

        play(placed("1", new OrderedLine("A", 2)), cancelled("1", false, new OrderedLine("A", 9)), paid("1"));

        assertThat(sales.documents).containsExactly("order 1 [A x 2]", "cancellation web:1 [line 1 x 2]");
        assertThat(books.order("web:1").stage()).isEqualTo(Stage.CANCELLED);
    }

    @Test
    void a_line_that_was_cut_away_is_not_cancelled() {
        sales.stock("A", 5);

        play(
                placed("1", new OrderedLine("A", 2), new OrderedLine("B", 3)),
                cancelled("1", false, new OrderedLine("B", 3)),
                paid("1"));

        assertThat(sales.documents).last().isEqualTo("payment web:1");
        assertThat(sales.documents).noneMatch(document -> document.startsWith("cancellation"));
    }

    private void play(Event... events) {
        Market market = new Market(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Market.Channel("web", "Web", "web", Market.DeductionMode.ORDER_TIME, 0)),
                List.of(),
                List.of());
        Progress silent =
                new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false);
        List<Event> inOrder = new ArrayList<>(List.of(events));
        inOrder.sort(Comparator.comparing(Event::at));
        new Customers(sales.client(), books, crew, silent, market)
                .shop(Chapter.of(inOrder, 100).getFirst(), new HashMap<>());
    }

    private static OrderPlaced placed(String number, OrderedLine... lines) {
        return new OrderPlaced(NOON, "web", number, "UK", 0, List.of(lines));
    }

    private static OrderPaid paid(String number) {
        return new OrderPaid(NOON.plusMinutes(15), "web:" + number);
    }

    private static OrderCancelled cancelled(String number, boolean paid, OrderedLine... lines) {
        LocalDateTime at = NOON.plusMinutes(paid ? 25 : 5);
        return new OrderCancelled(at, "web:" + number, number + "-C", "CHANGED", paid, List.of(lines));
    }
}
