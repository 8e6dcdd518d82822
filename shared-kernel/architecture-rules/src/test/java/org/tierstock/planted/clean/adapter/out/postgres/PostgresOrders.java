package org.tierstock.planted.clean.adapter.out.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.tierstock.planted.clean.application.port.OrderList;
import org.tierstock.planted.clean.application.port.Orders;
import org.tierstock.planted.clean.domain.Order;

public final class PostgresOrders implements Orders, OrderList {
    private final DataSource database;

    public PostgresOrders(DataSource database) {
        this.database = database;
    }

    @Override
    public void insert(List<Order> orders) {
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(orders.isEmpty());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Order> all() {
        return List.of();
    }
}
