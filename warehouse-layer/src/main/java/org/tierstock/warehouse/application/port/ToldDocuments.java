package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.warehouse.domain.Told;

/** What dispatch had been told of documents in a history that this database has lost (protocol 11.8). */
public interface ToldDocuments {
    /** A line of a document, and what dispatch was told of it. */
    record Line(DocumentLine document, FromWarehouse message) {}

    /** What was told of these documents of a kind, by number; one of which nothing was is not in it. */
    Map<String, Told> find(DocumentKind kind, Collection<String> numbers);

    /** Stores lines that were told of and are not known yet. */
    void add(Collection<Line> lines);
}
