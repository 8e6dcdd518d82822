package org.tierstock.runtime.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * An INSERT of many rows by one statement, put together column by column. A column is an array of one element a row, and all
 * arrays are unnested in step in the list of what is selected: FROM unnest(...) would first lay each of them down as a table
 * of its own. What all rows have in common is sent once; whether they have it decides the statement's text, so only columns
 * that nearly always have one value, or that always have it together, should be told so: every text is planned anew.
 *
 * <p>For the statements that every order pays for. Others say INSERT ... SELECT FROM unnest(...) in one piece, which reads
 * better.
 *
 * <p>At least one column must be an array: it says how many rows there are. Names and constants are the code's own, never what
 * a caller says.
 *
 * @param <T> what makes a row
 */
public final class Insert<T> {
    private final String table;
    private final List<T> rows;
    private final List<String> columns = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<Sql.Binding> bindings = new ArrayList<>();

    public Insert(String table, List<T> rows) {
        this.table = table;
        this.rows = rows;
    }

    public Insert<T> texts(String column, Function<? super T, String> text) {
        return with(column, "unnest(?::text[])", (parameters, index) -> parameters.texts(index, rows, text));
    }

    public Insert<T> longs(String column, ToLongFunction<? super T> number) {
        return with(column, "unnest(?::bigint[])", (parameters, index) -> parameters.longs(index, rows, number));
    }

    /** One number a row, or null. */
    public Insert<T> nullableLongs(String column, Function<? super T, Long> number) {
        return with(
                column, "unnest(?::bigint[])", (parameters, index) -> parameters.nullableLongs(index, rows, number));
    }

    public Insert<T> integers(String column, ToIntFunction<? super T> number) {
        return with(column, "unnest(?::integer[])", (parameters, index) -> parameters.integers(index, rows, number));
    }

    /** One partition a row, or null. */
    public Insert<T> partitions(String column, Function<? super T, Integer> partition) {
        return with(
                column,
                "unnest(?::smallint[])",
                (parameters, index) -> parameters.nullableLongs(index, rows, row -> {
                    Integer number = partition.apply(row);
                    return number == null ? null : number.longValue();
                }));
    }

    /** Seconds from now a row, or null. */
    public Insert<T> inSeconds(String column, Function<? super T, Long> seconds) {
        return with(
                column,
                "now() + unnest(?::bigint[]) * interval '1 second'",
                (parameters, index) -> parameters.nullableLongs(index, rows, seconds));
    }

    /** The same text in all rows. */
    public Insert<T> all(String column, String text) {
        return with(column, "?::text", (parameters, index) -> parameters.text(index, text));
    }

    /** The same in all rows: an expression that has no parameter. */
    public Insert<T> constant(String column, String expression) {
        columns.add(column);
        values.add(expression);
        return this;
    }

    private Insert<T> with(String column, String value, Sql.Binding binding) {
        bindings.add(binding);
        return constant(column, value);
    }

    /** The statement, which must insert all rows. */
    public Database.Write write() {
        String sql =
                "INSERT INTO " + table + " (" + String.join(", ", columns) + ")\nSELECT " + String.join(", ", values);
        return new Database.Write(rows.size(), sql, Sql.binder(bindings));
    }
}
