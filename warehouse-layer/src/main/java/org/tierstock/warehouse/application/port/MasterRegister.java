package org.tierstock.warehouse.application.port;

import java.util.Optional;

/**
 * Master records that people edit, each with its version.
 *
 * @param <T> the master record
 */
public interface MasterRegister<T> {
    /** The record of that code, locked until the transaction ends. */
    Optional<Versioned<T>> hold(String code);

    /** Stores a new record. When somebody else stored its code meanwhile, the transaction fails and may be run again. */
    Versioned<T> add(T master);

    /** Stores a changed record, which exists and is held. */
    Versioned<T> change(T master);
}
