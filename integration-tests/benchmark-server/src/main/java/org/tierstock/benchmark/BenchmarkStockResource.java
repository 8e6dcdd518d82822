package org.tierstock.benchmark;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.sales.application.ApplyGrants;

/**
 * Gives both sides the same stock. The sales layer's comes through its own use case, as grants of dispatch that arrive in
 * sequence, so that its book and its ledger begin as they do in life.
 */
@Singleton
@Path("/benchmark/v1/stock")
@RolesAllowed(Roles.OPERATOR)
public class BenchmarkStockResource {
    private static final int GRANTS_A_TRANSACTION = 500;

    private final ApplyGrants applyGrants;
    private final AgroalDataSource connections;
    private final long[] sequences = new long[Partitions.COUNT];

    @Inject
    public BenchmarkStockResource(ApplyGrants applyGrants, @DataSource("naive") AgroalDataSource connections) {
        this.applyGrants = applyGrants;
        this.connections = connections;
    }

    /**
     * Stock to begin with.
     *
     * @param quantity whole units of each SKU
     */
    public record Stock(String channel, String deliveryMethod, String shipRegion, long quantity, List<String> skus) {}

    @POST
    @RunOnVirtualThread
    public void give(Stock stock) throws SQLException {
        for (int from = 0; from < stock.skus().size(); from += GRANTS_A_TRANSACTION) {
            int to = Math.min(from + GRANTS_A_TRANSACTION, stock.skus().size());
            applyGrants.apply(grants(stock, stock.skus().subList(from, to)));
        }
        giveNaive(stock);
    }

    private synchronized List<Received<StockGranted>> grants(Stock stock, List<String> skus) {
        List<Received<StockGranted>> grants = new ArrayList<>(skus.size());
        for (String sku : skus) {
            ChannelKey key = new ChannelKey(
                    stock.channel(), stock.deliveryMethod(), Quality.NORMAL, stock.shipRegion(), new Sku(sku));
            StockGranted grant = new StockGranted("GRANT-" + sku, key, "REGULAR", stock.quantity());
            long sequence = ++sequences[grant.partition()];
            StreamPosition position = new StreamPosition(Streams.DISPATCH_TO_SALES, grant.partition(), sequence);
            grants.add(new Received<>(grant, position, 1, 1));
        }
        return grants;
    }

    private void giveNaive(Stock stock) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO naive_stock (sku, sellable) SELECT sku, ? FROM unnest(?) AS sku")) {
            statement.setLong(1, stock.quantity());
            statement.setArray(2, connection.createArrayOf("text", stock.skus().toArray()));
            statement.executeUpdate();
        }
    }
}
