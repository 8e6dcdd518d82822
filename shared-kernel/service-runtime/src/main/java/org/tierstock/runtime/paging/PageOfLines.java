package org.tierstock.runtime.paging;

import java.util.List;
import org.tierstock.runtime.sql.Database;

/**
 * How much of a list fits into a page whose items come with lines of their own: an order may have thousands. A page holds so
 * few items that they have {@link Limit#LINES} lines together, and one item at least, however many lines it has.
 */
public final class PageOfLines {
    private PageOfLines() {}

    /**
     * How many of these items a page holds. It reads no lines behind the first item that does not fit.
     *
     * @param keys the items' in the list's order, one more than the page may have
     * @param linesOf a query of one number: the lines of the item whose key is {@code k.key}. A constant of the code
     */
    public static int whole(Database database, List<String> keys, int limit, String linesOf) {
        if (keys.isEmpty()) {
            return 0;
        }
        return database.query(
                        """
                        WITH RECURSIVE page (items, lines) AS (
                            SELECT 0, 0::bigint
                            UNION ALL
                            SELECT p.items + 1, p.lines + (%s)
                            FROM page p CROSS JOIN LATERAL (SELECT (?::text[])[p.items + 1] AS key) k
                            WHERE p.items < ? AND p.lines <= ?)
                        SELECT max(items) FROM page WHERE items <= 1 OR lines <= ?
                        """.formatted(linesOf),
                        p -> p.texts(1, keys)
                                .integer(2, Math.min(keys.size(), limit))
                                .integer(3, Limit.LINES)
                                .integer(4, Limit.LINES),
                        row -> row.getInt(1))
                .getFirst();
    }
}
