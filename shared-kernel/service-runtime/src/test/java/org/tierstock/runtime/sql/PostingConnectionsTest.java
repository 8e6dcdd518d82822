package org.tierstock.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostingConnectionsTest {
    /** A pool that has no connection yet. */
    private static AgroalDataSource pool(int size) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(size)
                        .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl("jdbc:postgresql://127.0.0.1:1/none"))));
    }

    @Test
    void each_worker_that_begins_has_a_connection_of_its_own() throws SQLException {
        try (AgroalDataSource pool = pool(20)) {
            PostingConnections connections = new PostingConnections(pool, Optional.empty());

            connections.needed("place-orders", 8);
            connections.needed("confirm-payments", 8);
            connections.needed("expire-locks", 1);

            assertThat(connections.most()).isEqualTo(17 + PostingConnections.FOR_REQUESTS);
        }
    }

    @Test
    void a_number_that_is_set_stays() throws SQLException {
        try (AgroalDataSource pool = pool(5)) {
            PostingConnections connections = new PostingConnections(pool, Optional.of(5));

            connections.needed("place-orders", 8);

            assertThat(connections.most()).isEqualTo(5);
        }
    }
}
