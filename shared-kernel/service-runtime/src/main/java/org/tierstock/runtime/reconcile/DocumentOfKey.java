package org.tierstock.runtime.reconcile;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;

/** A document that names a key, as it is found among the messages and as it is kept with a reconciliation. */
record DocumentOfKey(String key, Reconciliation.Document document) {
    /** In the order in which they come. */
    static final Collector<DocumentOfKey, ?, Map<String, List<Reconciliation.Document>>> BY_KEY =
            groupingBy(DocumentOfKey::key, mapping(DocumentOfKey::document, toList()));

    /** Of the columns key, type, document, stream, partition, sequence, time, given up. */
    static DocumentOfKey of(ResultSet row) throws SQLException {
        return new DocumentOfKey(
                row.getString(1),
                new Reconciliation.Document(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getLong(6),
                        row.getTimestamp(7).toInstant(),
                        row.getBoolean(8)));
    }
}
