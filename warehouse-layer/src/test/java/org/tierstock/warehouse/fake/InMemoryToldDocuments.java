package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Told;

/** What dispatch had been told, without a database. */
public final class InMemoryToldDocuments implements ToldDocuments {
    private final Map<DocumentLine, FromWarehouse> lines;

    public InMemoryToldDocuments(InMemoryTransactions transactions) {
        this.lines = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, Told> find(DocumentKind kind, Collection<String> numbers) {
        Map<String, Map<Integer, FromWarehouse>> byNumber = new HashMap<>();
        lines.forEach((document, message) -> {
            if (document.kind() == kind && numbers.contains(document.number())) {
                byNumber.computeIfAbsent(document.number(), number -> new HashMap<>())
                        .put(document.line(), message);
            }
        });
        Map<String, Told> told = new HashMap<>();
        byNumber.forEach((number, ofNumber) -> told.put(number, new Told(ofNumber)));
        return told;
    }

    @Override
    public void add(Collection<Line> told) {
        told.forEach(line -> lines.putIfAbsent(line.document(), line.message()));
    }
}
