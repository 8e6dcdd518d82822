package org.tierstock.dispatch.adapter.out.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Parameters;

/** Keys as columns, and columns as keys. */
final class Rows {
    /** The columns of a node key, in the order in which {@link #bindNodes} writes them. */
    static final String NODE = "node, virtual_warehouse, owner, quality";

    private Rows() {}

    static NodeKey node(ResultSet row) throws SQLException {
        return new NodeKey(
                row.getString("node"),
                row.getString("virtual_warehouse"),
                row.getString("owner"),
                Quality.named(row.getString("quality")));
    }

    static Sku sku(ResultSet row) throws SQLException {
        return new Sku(row.getString("sku"));
    }

    static Cell cell(ResultSet row) throws SQLException {
        return new Cell(node(row), sku(row));
    }

    static ChannelKey channelKey(ResultSet row) throws SQLException {
        return new ChannelKey(
                row.getString("channel"),
                row.getString("delivery_method"),
                Quality.named(row.getString("quality")),
                row.getString("ship_region"),
                sku(row));
    }

    /** Binds SKU, partition, node, virtual warehouse, owner and quality as arrays: six parameters. */
    static <T> Parameters bindCells(Parameters parameters, int first, List<T> rows, Function<T, Cell> cell)
            throws SQLException {
        return parameters
                .texts(first, rows, row -> cell.apply(row).sku().code())
                .integers(first + 1, rows, row -> cell.apply(row).sku().partition())
                .texts(first + 2, rows, row -> cell.apply(row).node().node())
                .texts(first + 3, rows, row -> cell.apply(row).node().virtualWarehouse())
                .texts(first + 4, rows, row -> cell.apply(row).node().owner())
                .texts(first + 5, rows, row -> cell.apply(row).node().quality().name());
    }

    /** Binds order numbers and lines as arrays: two parameters. */
    static <T> Parameters bindLines(Parameters parameters, int first, List<T> rows, Function<T, LineNumber> number)
            throws SQLException {
        return parameters
                .texts(first, rows, row -> number.apply(row).order())
                .integers(first + 1, rows, row -> number.apply(row).line());
    }

    static LineNumber lineNumber(ResultSet row) throws SQLException {
        return new LineNumber(row.getString("order_number"), row.getInt("line"));
    }
}
