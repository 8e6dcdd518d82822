package org.tierstock.warehouse.adapter.out.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Parameters;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;

/** Keys as columns, and columns as keys. */
final class Rows {
    /** The columns of a stock key, in the order in which {@link #key} reads and {@link #bindKeys} writes them. */
    static final String KEY = "warehouse, sku, virtual_warehouse, owner, quality, batch, location";

    private Rows() {}

    static StockKey key(ResultSet row) throws SQLException {
        return new StockKey(
                row.getString("warehouse"),
                row.getString("virtual_warehouse"),
                row.getString("owner"),
                new Sku(row.getString("sku")),
                row.getString("batch"),
                Quality.named(row.getString("quality")),
                row.getString("location"));
    }

    static Cell cell(ResultSet row) throws SQLException {
        return new Cell(
                new NodeKey(
                        row.getString("warehouse"),
                        row.getString("virtual_warehouse"),
                        row.getString("owner"),
                        Quality.named(row.getString("quality"))),
                new Sku(row.getString("sku")));
    }

    /** Binds the columns of {@link #KEY} as arrays. */
    static Parameters bindKeys(Parameters parameters, int first, List<StockKey> keys) throws SQLException {
        return parameters
                .texts(first, keys, StockKey::warehouse)
                .texts(first + 1, keys, key -> key.sku().code())
                .texts(first + 2, keys, StockKey::virtualWarehouse)
                .texts(first + 3, keys, StockKey::owner)
                .texts(first + 4, keys, key -> key.quality().name())
                .texts(first + 5, keys, StockKey::batch)
                .texts(first + 6, keys, StockKey::location);
    }

    /** Binds warehouse, SKU and partition of heads as arrays. */
    static Parameters bindHeads(Parameters parameters, int first, List<StockHead> heads) throws SQLException {
        return parameters
                .texts(first, heads, StockHead::warehouse)
                .texts(first + 1, heads, head -> head.sku().code())
                .integers(first + 2, heads, head -> head.sku().partition());
    }

    /** A line of a document, with the document's number and the line's place in it. */
    record Numbered<T>(String number, int place, T line) {}

    /** The lines of all these documents. */
    static <D, T> List<Numbered<T>> lines(
            Collection<D> documents, Function<D, String> number, Function<D, List<T>> lines) {
        List<Numbered<T>> numbered = new ArrayList<>();
        for (D document : documents) {
            List<T> ofDocument = lines.apply(document);
            for (int i = 0; i < ofDocument.size(); i++) {
                numbered.add(new Numbered<>(number.apply(document), i, ofDocument.get(i)));
            }
        }
        return numbered;
    }
}
