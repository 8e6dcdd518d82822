package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.persistence.PersistenceException;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.warehouse.application.port.Versioned;

/**
 * A master record as Hibernate stores it.
 *
 * @param <T> the domain's record
 */
interface StoredMaster<T> {
    /** The domain's record with its version. */
    Versioned<T> asMaster();

    /**
     * Runs a flush.
     *
     * @throws DatabaseFailure for what the database refuses, so that a lost race is run again as any posting is
     */
    static void flush(Runnable flush) {
        try {
            flush.run();
        } catch (PersistenceException e) {
            throw DatabaseFailure.behind(e);
        }
    }
}
