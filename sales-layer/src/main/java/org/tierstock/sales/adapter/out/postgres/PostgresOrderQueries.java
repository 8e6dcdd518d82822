package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.runtime.paging.PageOfLines;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;
import org.tierstock.sales.application.port.OrderQueries;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;

/** Orders to look at, in PostgreSQL. */
@Singleton
class PostgresOrderQueries implements OrderQueries {
    private static final String LINES =
            "SELECT count(*) FROM sales_order o JOIN order_line l USING (order_id) WHERE o.number = k.key";

    private final Database database;
    private final PostgresOrders orders;

    @Inject
    PostgresOrderQueries(@Reads Database database, KnownKeys known, OrderIds ids) {
        this.database = database;
        this.orders = new PostgresOrders(database, new StockKeys(database, known), ids);
    }

    @Override
    public Optional<Order> find(OrderNumber number) {
        return Optional.ofNullable(orders.load(List.of(number)).get(number));
    }

    /** First the numbers, from an index alone, and then those of these orders that fit into a page. */
    @Override
    public Found list(Filter filter, String after, int limit) {
        List<String> numbers = database.query(page(filter, after, limit + 1), row -> row.getString(1));
        int whole = PageOfLines.whole(database, numbers, limit, LINES);
        List<OrderNumber> shown =
                numbers.subList(0, whole).stream().map(OrderNumber::parse).toList();
        Map<OrderNumber, Order> found = orders.load(shown);
        return new Found(shown.stream().map(found::get).toList(), whole < numbers.size());
    }

    private static Sql page(Filter filter, String after, int limit) {
        if (filter.anyChannel()) {
            return numbers(new Sql("").text("number > ?", after), filter, limit);
        }
        // Each channel's page by itself: what other channels have between them is not read.
        Sql ofChannel =
                new Sql("number < c.code || ';'").text(" AND number > greatest(? COLLATE \"C\", c.code || ':')", after);
        return new Sql("")
                .texts("SELECT n.number FROM unnest(?) AS c (code) CROSS JOIN LATERAL (", filter.channels())
                .add(numbers(ofChannel, filter, limit))
                .number(") n ORDER BY n.number LIMIT ?", limit);
    }

    private static Sql numbers(Sql range, Filter filter, int limit) {
        Sql numbers = new Sql("SELECT number FROM sales_order WHERE ").add(range);
        // Not a parameter: which of the indexes has the state must be known to a plan that serves all parameters.
        filter.state().ifPresent(state -> numbers.add(" AND state = '" + state.name() + "'"));
        return numbers.number(" ORDER BY number LIMIT ?", limit);
    }
}
