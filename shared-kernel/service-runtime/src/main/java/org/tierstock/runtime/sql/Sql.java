package org.tierstock.runtime.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A query put together from pieces, each with the parameter that it has. Of a list with filters every choice of them is so
 * a statement of its own: one that could do all, by {@code ? IS NULL OR ...}, is planned for none.
 *
 * <p>Pieces are constants of the code, never what a caller says.
 */
public final class Sql {
    /** Binds the one parameter that a piece has. */
    @FunctionalInterface
    interface Binding {
        void bind(Parameters parameters, int index) throws SQLException;
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Binding> bindings = new ArrayList<>();

    /** Begins with a piece. */
    public Sql(String piece) {
        text.append(piece);
    }

    /** Goes on with a piece that has no parameter. */
    public Sql add(String piece) {
        text.append(piece);
        return this;
    }

    /** Goes on with all of another query. */
    public Sql add(Sql other) {
        text.append(other.text);
        bindings.addAll(other.bindings);
        return this;
    }

    /** Goes on with a piece that has this parameter. */
    public Sql text(String piece, String value) {
        return with(piece, (parameters, index) -> parameters.text(index, value));
    }

    /** Goes on with a piece that has this parameter. */
    public Sql texts(String piece, Collection<String> values) {
        return with(piece, (parameters, index) -> parameters.texts(index, List.copyOf(values)));
    }

    /** Goes on with a piece that has this parameter. */
    public Sql number(String piece, long value) {
        return with(piece, (parameters, index) -> parameters.number(index, value));
    }

    /** Goes on with a piece that has this parameter. */
    public Sql instant(String piece, Instant value) {
        return with(piece, (parameters, index) -> parameters.instant(index, value));
    }

    private Sql with(String piece, Binding binding) {
        text.append(piece);
        bindings.add(binding);
        return this;
    }

    String statement() {
        return text.toString();
    }

    Database.Binder binder() {
        return binder(bindings);
    }

    static Database.Binder binder(List<Binding> bindings) {
        return parameters -> {
            for (int i = 0; i < bindings.size(); i++) {
                bindings.get(i).bind(parameters, i + 1);
            }
        };
    }
}
