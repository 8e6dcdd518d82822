package org.tierstock.benchmark;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.tierstock.sales.v1.LineShortage;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.sales.v1.PlaceResponse;
import org.tierstock.sales.v1.Placed;
import org.tierstock.sales.v1.Refused;

/**
 * Orders of one line, the way most shops place them: one transaction an order, the stock row locked from the moment it
 * is read until the commit. Plain JDBC with prepared statements and without a transaction manager, so that nothing but
 * the way itself is slow.
 */
@ApplicationScoped
public class NaiveOrders {
    private static final String LOCK = "SELECT sellable FROM naive_stock WHERE sku = ? FOR UPDATE";
    private static final String TAKE =
            "UPDATE naive_stock SET sellable = sellable - ?, locked = locked + ? WHERE sku = ?";
    private static final String INSERT_ORDER = "INSERT INTO naive_order (order_number) VALUES (?)";
    private static final String INSERT_LINE =
            "INSERT INTO naive_order_line (order_number, line, sku, quantity) VALUES (?, 1, ?, ?)";
    private static final String ONE_STATEMENT = """
            WITH taken AS (
                UPDATE naive_stock SET sellable = sellable - ?, locked = locked + ?
                WHERE sku = ? AND sellable >= ? RETURNING sku),
            placed AS (
                INSERT INTO naive_order (order_number) SELECT ? FROM taken)
            INSERT INTO naive_order_line (order_number, line, sku, quantity) SELECT ?, 1, sku, ? FROM taken
            """;
    private static final String GLANCE = "SELECT sellable FROM naive_stock WHERE sku = ?";

    private final AgroalDataSource connections;

    @Inject
    public NaiveOrders(@DataSource("naive") AgroalDataSource connections) {
        this.connections = connections;
    }

    PlaceResponse place(PlaceRequest order) throws SQLException {
        OrderLine line = order.getLines(0);
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long sellable = sellable(connection, LOCK, line.getSku());
                if (sellable < line.getQuantity()) {
                    connection.rollback();
                    return refused(line, sellable);
                }
                String number = number(order);
                take(connection, line);
                insertOrder(connection, number);
                insertLine(connection, number, line);
                connection.commit();
                return placed(number);
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    PlaceResponse placeInOneStatement(PlaceRequest order) throws SQLException {
        OrderLine line = order.getLines(0);
        String number = number(order);
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(ONE_STATEMENT)) {
            statement.setLong(1, line.getQuantity());
            statement.setLong(2, line.getQuantity());
            statement.setString(3, line.getSku());
            statement.setLong(4, line.getQuantity());
            statement.setString(5, number);
            statement.setString(6, number);
            statement.setLong(7, line.getQuantity());
            return statement.executeUpdate() == 1 ? placed(number) : refused(line, 0);
        }
    }

    PlaceResponse glance(PlaceRequest order) throws SQLException {
        OrderLine line = order.getLines(0);
        try (Connection connection = connections.getConnection()) {
            return refused(line, sellable(connection, GLANCE, line.getSku()));
        }
    }

    private static long sellable(Connection connection, String sql, String sku) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, sku);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static void take(Connection connection, OrderLine line) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setLong(1, line.getQuantity());
            statement.setLong(2, line.getQuantity());
            statement.setString(3, line.getSku());
            statement.executeUpdate();
        }
    }

    private static void insertOrder(Connection connection, String number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ORDER)) {
            statement.setString(1, number);
            statement.executeUpdate();
        }
    }

    private static void insertLine(Connection connection, String number, OrderLine line) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_LINE)) {
            statement.setString(1, number);
            statement.setString(2, line.getSku());
            statement.setLong(3, line.getQuantity());
            statement.executeUpdate();
        }
    }

    private static String number(PlaceRequest order) {
        return order.getChannel() + ':' + order.getChannelOrderNumber();
    }

    private static PlaceResponse placed(String number) {
        return PlaceResponse.newBuilder()
                .setPlaced(Placed.newBuilder().setOrderNumber(number))
                .build();
    }

    private static PlaceResponse refused(OrderLine line, long sellable) {
        return PlaceResponse.newBuilder()
                .setRefused(Refused.newBuilder()
                        .setCode("INSUFFICIENT_STOCK")
                        .addShortages(LineShortage.newBuilder()
                                .setSku(line.getSku())
                                .setAsked(line.getQuantity())
                                .setSellable(sellable)))
                .build();
    }
}
