package org.tierstock.dispatch.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.movements.Sku;

/** Promises asked back. */
public interface Revocations {
    /** Stores new ones. */
    void insert(Collection<Revocation> revocations);

    /** Stores one that a person asked for under a number of their own. */
    void insert(String documentNumber, Revocation revocation);

    /** The one that a person asked for under that number. */
    Optional<Revocation> byDocument(String documentNumber);

    /** Those that are known, by number. Their SKUs must be locked. */
    Map<String, Revocation> find(Collection<String> numbers);

    /** Those of these SKUs that sales has not answered. */
    List<Revocation> pending(Collection<Sku> skus);

    /** Writes the answers. */
    void save(Collection<Revocation> settled);
}
