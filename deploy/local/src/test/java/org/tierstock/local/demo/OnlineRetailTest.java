package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tierstock.local.demo.Event.Counted;
import org.tierstock.local.demo.Event.DeliveredLine;
import org.tierstock.local.demo.Event.GoodsDelivered;
import org.tierstock.local.demo.Event.GoodsReturned;
import org.tierstock.local.demo.Event.OrderCancelled;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;

class OnlineRetailTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void a_small_year() throws IOException {
        packed("invoices.csv.gz", """
                InvoiceNo,InvoiceDate,CustomerID,Country,Lines,Units,Kind
                100,2010-12-01 08:00:00,17850,United Kingdom,3,20,order
                101,2010-12-01 09:00:00,,United Kingdom,1,5,order
                102,2010-12-02 09:00:00,12345,France,1,7,order
                C103,2010-12-01 08:30:00,17850,United Kingdom,1,-4,cancel
                C104,2010-12-02 11:00:00,12345,France,1,-2,cancel
                C105,2010-12-03 10:00:00,17850,United Kingdom,1,-3,cancel
                106,2011-01-05 08:00:00,17850,United Kingdom,1,30,order
                """);
        packed("lines.csv.gz", """
                Line,InvoiceNo,StockCode,Quantity,UnitPrice,Kind
                1,100,A1,6,2.55,order
                2,100,A1,4,2.55,order
                3,100,B2,10,1.00,order
                4,101,POST,1,9.00,nonstock
                5,101,A1,5,2.55,order
                6,102,B2,7,1.00,order
                7,C103,A1,-4,2.55,cancel
                8,106,A1,30,2.55,order
                """);
        plain("products.csv", """
                StockCode,Lines,Description,MedianPrice,UnitsOrdered,UnitsCancelled,NonStock
                A1,4,"HEART, WHITE",2.55,45,4,0
                B2,2,LANTERN,1.00,17,0,0
                POST,1,POSTAGE,9.00,1,0,1
                """);
        plain("adjustments.csv", """
                Line,InvoiceNo,InvoiceDate,StockCode,Quantity,Remark,Kind
                623,107,2010-12-02 08:00:00,A1,-3,"Unsaleable, destroyed.",adjust_out
                624,108,2010-12-02 08:01:00,B2,2,found,adjust_in
                """);
        packed("cancel_match_derived.csv.gz", """
                CancelLine,CancelInvoice,SaleLine,SaleInvoice,StockCode,Quantity,HoursAfterSale
                7,C103,1,100,A1,4,0.5
                9,C104,6,102,B2,2,2.0
                10,C105,3,100,B2,3,50.0
                11,C105,,,A1,1,
                """);
    }

    @Test
    void an_invoice_is_an_order_whose_repeated_products_are_summed() {
        List<OrderPlaced> orders = of(OrderPlaced.class, Integer.MAX_VALUE);

        assertThat(orders)
                .extracting(OrderPlaced::order)
                .containsExactly("trade:100", "web:101", "export:102", "trade:106");
        assertThat(orders.getFirst().lines()).containsExactly(new OrderedLine("A1", 10), new OrderedLine("B2", 10));
    }

    @Test
    void services_and_fees_are_not_ordered_and_not_listed() {
        assertThat(of(OrderPlaced.class, Integer.MAX_VALUE).get(1).lines()).containsExactly(new OrderedLine("A1", 5));
        assertThat(scenario(10).market().products())
                .extracting(Market.Product::sku)
                .containsExactly("A1", "B2");
    }

    @Test
    void a_cancellation_within_the_hour_comes_before_the_payment_and_one_within_the_day_after_it() {
        assertThat(of(OrderCancelled.class, Integer.MAX_VALUE))
                .extracting(OrderCancelled::order, OrderCancelled::paid, OrderCancelled::lines)
                .containsExactly(
                        tuple("trade:100", false, List.of(new OrderedLine("A1", 4))),
                        tuple("export:102", true, List.of(new OrderedLine("B2", 2))));
    }

    @Test
    void a_later_cancellation_or_one_of_an_unknown_sale_is_a_return() {
        assertThat(of(GoodsReturned.class, Integer.MAX_VALUE))
                .extracting(GoodsReturned::sku, GoodsReturned::units)
                .containsExactly(tuple("B2", 3L), tuple("A1", 1L));
    }

    @Test
    void an_adjustment_is_a_count() {
        assertThat(of(Counted.class, Integer.MAX_VALUE))
                .extracting(Counted::number, Counted::sku, Counted::deltaUnits)
                .containsExactly(tuple("COUNT-623", "A1", -3L), tuple("COUNT-624", "B2", 2L));
    }

    @Test
    void each_month_a_tenth_more_than_asked_is_delivered_in_whole_cases() {
        List<GoodsDelivered> opening = scenario(Integer.MAX_VALUE).opening();
        List<GoodsDelivered> later = of(GoodsDelivered.class, Integer.MAX_VALUE);

        assertThat(units(opening, "A1")).as("15 asked, 16.5 wanted").isEqualTo(24);
        assertThat(units(opening, "B2")).as("17 asked, 18.7 wanted").isEqualTo(24);
        assertThat(units(later, "A1")).as("30 asked, 33 wanted").isEqualTo(36);
    }

    @Test
    void fewer_orders_bring_fewer_goods_and_only_their_own_cancellations() {
        assertThat(of(OrderPlaced.class, 1)).hasSize(1);
        assertThat(units(scenario(1).opening(), "B2")).isEqualTo(12);
        assertThat(of(OrderCancelled.class, 1))
                .extracting(OrderCancelled::order)
                .containsExactly("trade:100");
        assertThat(of(GoodsReturned.class, 1)).isEmpty();
    }

    private OnlineRetail scenario(int mostOrders) {
        return new OnlineRetail(directory, mostOrders);
    }

    private <E extends Event> List<E> of(Class<E> type, int mostOrders) {
        return scenario(mostOrders).events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static long units(List<GoodsDelivered> receipts, String sku) {
        return receipts.stream()
                .flatMap(r -> r.lines().stream())
                .filter(l -> l.sku().equals(sku))
                .mapToLong(DeliveredLine::units)
                .sum();
    }

    private void plain(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private void packed(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
