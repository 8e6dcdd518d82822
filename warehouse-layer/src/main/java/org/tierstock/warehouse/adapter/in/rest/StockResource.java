package org.tierstock.warehouse.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.warehouse.adapter.in.rest.Bodies.BatchBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.StockBody;
import org.tierstock.warehouse.application.port.StockQueries;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockKey;

/** What is where (S45, S47, S100), and the batches that it came in. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock")
@RunOnVirtualThread
@Scoped
public class StockResource {
    /** The most SKUs of one question. */
    static final int MAX_SKUS = 500;

    private static final int STOCK_KEY_PARTS = 7;
    private static final int BATCH_KEY_PARTS = 4;

    private final Caller caller;
    private final StockQueries stock;

    @Inject
    public StockResource(Caller caller, StockQueries stock) {
        this.caller = caller;
        this.stock = stock;
    }

    @GET
    @Path("/stock")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Operation(
            operationId = "stock",
            summary = "Balances by stock row, of one warehouse and some SKUs if asked",
            description = "Rows that hold nothing are left out: a page may be short, or empty, and have a next one.")
    public Page<StockBody> stock(
            @QueryParam("warehouse") String warehouse,
            @QueryParam("sku") List<String> skus,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        Limit rows = Limit.of(limit);
        StockQueries.Found<StockQueries.Row, StockKey> found =
                stock.stock(filter(warehouse, skus), stockKey(Cursor.parse(cursor, STOCK_KEY_PARTS)), rows.rows());
        return page(found, StockResource::cursor).map(StockBody::of);
    }

    @GET
    @Path("/batches")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Operation(
            operationId = "batches",
            summary = "Batches with their expiry, of one warehouse and some SKUs if asked, whether or not any is left")
    public Page<BatchBody> batches(
            @QueryParam("warehouse") String warehouse,
            @QueryParam("sku") List<String> skus,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        Limit rows = Limit.of(limit);
        StockQueries.Found<Batch, BatchKey> found =
                stock.batches(filter(warehouse, skus), batchKey(Cursor.parse(cursor, BATCH_KEY_PARTS)), rows.rows());
        return page(found, StockResource::cursor).map(BatchBody::of);
    }

    private StockQueries.Filter filter(String warehouse, List<String> skus) {
        if (warehouse != null) {
            caller.needsWarehouse(warehouse);
        }
        if (skus.size() > MAX_SKUS) {
            throw new InvalidValue("sku", "may be given at most " + MAX_SKUS + " times");
        }
        skus.forEach(Sku::new);
        return new StockQueries.Filter(warehouse, skus, Scopes.of(caller));
    }

    private static <R, K> Page<R> page(StockQueries.Found<R, K> found, Function<K, Cursor> cursor) {
        return new Page<>(
                found.rows(),
                found.next() == null ? null : cursor.apply(found.next()).text());
    }

    private static Cursor cursor(StockKey key) {
        return Cursor.of(
                key.warehouse(),
                key.sku().code(),
                key.virtualWarehouse(),
                key.owner(),
                key.quality(),
                key.batch(),
                key.location());
    }

    private static StockKey stockKey(Cursor after) {
        return after == null
                ? null
                : new StockKey(
                        after.part(0),
                        after.part(2),
                        after.part(3),
                        new Sku(after.part(1)),
                        after.part(5),
                        Quality.named(after.part(4)),
                        after.part(6));
    }

    private static Cursor cursor(BatchKey key) {
        return Cursor.of(key.warehouse(), key.sku().code(), key.owner(), key.batch());
    }

    private static BatchKey batchKey(Cursor after) {
        return after == null ? null : new BatchKey(after.part(0), after.part(2), new Sku(after.part(1)), after.part(3));
    }
}
