package org.tierstock.runtime.paging;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param next the cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, String next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page of rows that were read with one row more than the limit, which says whether there is a next page.
     *
     * @param rows at most {@link Limit#plusOne()} rows
     * @param cursor makes the cursor of the page's last row
     */
    public static <T> Page<T> of(List<T> rows, Limit limit, Function<T, Cursor> cursor) {
        boolean more = rows.size() > limit.rows();
        return of(more ? rows.subList(0, limit.rows()) : rows, more, cursor);
    }

    /**
     * The page of these items.
     *
     * @param more whether the list goes on behind them
     * @param cursor makes the cursor of the page's last item
     */
    public static <T> Page<T> of(List<T> items, boolean more, Function<T, Cursor> cursor) {
        return new Page<>(items, more ? cursor.apply(items.getLast()).text() : null);
    }

    /** The page with its items in another form. */
    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }
}
