package org.tierstock.dispatch.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.movements.Sku;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** The revocations without a database. */
public final class InMemoryRevocations implements Revocations {
    private final Map<String, Revocation> revocations;
    private final Map<String, String> byDocument;

    public InMemoryRevocations(InMemoryTransactions transactions) {
        this.revocations = new InMemoryTable<>(transactions);
        this.byDocument = new InMemoryTable<>(transactions);
    }

    @Override
    public void insert(Collection<Revocation> added) {
        added.forEach(revocation -> revocations.put(revocation.number(), revocation));
    }

    @Override
    public void insert(String documentNumber, Revocation revocation) {
        insert(List.of(revocation));
        byDocument.put(documentNumber, revocation.number());
    }

    @Override
    public Optional<Revocation> byDocument(String documentNumber) {
        return Optional.ofNullable(byDocument.get(documentNumber)).map(revocations::get);
    }

    @Override
    public Map<String, Revocation> find(Collection<String> numbers) {
        Map<String, Revocation> found = new HashMap<>();
        for (String number : numbers) {
            Revocation revocation = revocations.get(number);
            if (revocation != null) {
                found.put(number, revocation);
            }
        }
        return found;
    }

    @Override
    public List<Revocation> pending(Collection<Sku> skus) {
        return revocations.values().stream()
                .filter(revocation ->
                        revocation.pending() && skus.contains(revocation.key().sku()))
                .toList();
    }

    @Override
    public void save(Collection<Revocation> settled) {
        settled.forEach(revocation -> revocations.put(revocation.number(), revocation));
    }
}
