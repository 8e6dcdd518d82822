package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.OrderSizes;
import org.tierstock.sales.domain.OrderNumber;

/** Lines of orders, counted by the index of their key. */
@Singleton
class PostgresOrderSizes implements OrderSizes {
    private final Database database;

    @Inject
    PostgresOrderSizes(Database database) {
        this.database = database;
    }

    @Override
    public List<Integer> lines(List<OrderNumber> orders) {
        return database.query("""
                SELECT (SELECT count(*) FROM sales_order o JOIN order_line l USING (order_id) WHERE o.number = asked.number)
                FROM unnest(?::text[]) WITH ORDINALITY AS asked (number, place) ORDER BY asked.place
                """, p -> p.texts(1, orders, OrderNumber::text), row -> row.getInt(1));
    }
}
