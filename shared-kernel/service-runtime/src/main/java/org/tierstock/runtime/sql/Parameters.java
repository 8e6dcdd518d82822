package org.tierstock.runtime.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The parameters of one statement, numbered from 1. Null is allowed where the type is an object. */
public final class Parameters {
    private final Connection connection;
    private final PreparedStatement statement;
    private final int offset;
    private int highest;

    Parameters(Connection connection, PreparedStatement statement) {
        this(connection, statement, 0);
    }

    /** The parameters of a statement that is sent together with others, after so many parameters of theirs. */
    Parameters(Connection connection, PreparedStatement statement, int offset) {
        this.connection = connection;
        this.statement = statement;
        this.offset = offset;
    }

    /** How many parameters there are, with those of the statements before. */
    int count() {
        return offset + highest;
    }

    private int place(int index) {
        highest = Math.max(highest, index);
        return offset + index;
    }

    public Parameters text(int index, String value) throws SQLException {
        statement.setString(place(index), value);
        return this;
    }

    public Parameters number(int index, long value) throws SQLException {
        statement.setLong(place(index), value);
        return this;
    }

    public Parameters number(int index, Long value) throws SQLException {
        if (value == null) {
            statement.setNull(place(index), Types.BIGINT);
        } else {
            statement.setLong(place(index), value);
        }
        return this;
    }

    public Parameters integer(int index, int value) throws SQLException {
        statement.setInt(place(index), value);
        return this;
    }

    public Parameters flag(int index, boolean value) throws SQLException {
        statement.setBoolean(place(index), value);
        return this;
    }

    public Parameters bytes(int index, byte[] value) throws SQLException {
        statement.setBytes(place(index), value);
        return this;
    }

    public Parameters instant(int index, Instant value) throws SQLException {
        statement.setObject(place(index), value == null ? null : OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
        return this;
    }

    public Parameters date(int index, LocalDate value) throws SQLException {
        statement.setObject(place(index), value);
        return this;
    }

    public Parameters texts(int index, String[] values) throws SQLException {
        statement.setArray(place(index), connection.createArrayOf("text", values));
        return this;
    }

    public Parameters texts(int index, List<String> values) throws SQLException {
        return texts(index, values.toArray(String[]::new));
    }

    /** One text an element; null elements stay null. */
    public <T> Parameters texts(int index, List<T> values, Function<? super T, String> text) throws SQLException {
        String[] array = new String[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = text.apply(values.get(i));
        }
        return texts(index, array);
    }

    public Parameters longs(int index, long[] values) throws SQLException {
        statement.setArray(place(index), connection.createArrayOf("bigint", box(values)));
        return this;
    }

    public Parameters longs(int index, Long[] values) throws SQLException {
        statement.setArray(place(index), connection.createArrayOf("bigint", values));
        return this;
    }

    public <T> Parameters longs(int index, List<T> values, ToLongFunction<? super T> number) throws SQLException {
        long[] array = new long[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = number.applyAsLong(values.get(i));
        }
        return longs(index, array);
    }

    /** One number an element; null elements stay null. */
    public <T> Parameters nullableLongs(int index, List<T> values, Function<? super T, Long> number)
            throws SQLException {
        Long[] array = new Long[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = number.apply(values.get(i));
        }
        return longs(index, array);
    }

    public <T> Parameters integers(int index, List<T> values, ToIntFunction<? super T> number) throws SQLException {
        Integer[] array = new Integer[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = number.applyAsInt(values.get(i));
        }
        statement.setArray(place(index), connection.createArrayOf("integer", array));
        return this;
    }

    /** One instant an element; null elements stay null. */
    public <T> Parameters instants(int index, List<T> values, Function<? super T, Instant> instant)
            throws SQLException {
        String[] array = new String[values.size()];
        for (int i = 0; i < array.length; i++) {
            Instant value = instant.apply(values.get(i));
            array[i] = value == null ? null : value.toString();
        }
        statement.setArray(place(index), connection.createArrayOf("timestamptz", array));
        return this;
    }

    /** One date an element; null elements stay null. */
    public <T> Parameters dates(int index, List<T> values, Function<? super T, LocalDate> date) throws SQLException {
        String[] array = new String[values.size()];
        for (int i = 0; i < array.length; i++) {
            LocalDate value = date.apply(values.get(i));
            array[i] = value == null ? null : value.toString();
        }
        statement.setArray(place(index), connection.createArrayOf("date", array));
        return this;
    }

    private static Long[] box(long[] values) {
        Long[] boxed = new Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
