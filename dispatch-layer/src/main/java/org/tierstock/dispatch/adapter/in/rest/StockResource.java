package org.tierstock.dispatch.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.dispatch.adapter.in.rest.StockBodies.CellTermsBody;
import org.tierstock.dispatch.adapter.in.rest.StockBodies.ExplanationBody;
import org.tierstock.dispatch.adapter.in.rest.StockBodies.StockBody;
import org.tierstock.dispatch.adapter.in.rest.StockBodies.TermsBody;
import org.tierstock.dispatch.application.port.StockQueries;
import org.tierstock.dispatch.domain.StockFigures;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;

/** Stock by node, by region and in total (S37), and how it comes to what is sellable (S62). */
@Path("/v1/stock")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock")
@RunOnVirtualThread
public class StockResource {
    /** How many documents behind a term are told. */
    private static final int DOCUMENTS = 50;

    private final StockQueries stock;

    @Inject
    public StockResource(StockQueries stock) {
        this.stock = stock;
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "stock",
            summary = "Stock by node (each cell), by region (all nodes that serve it) or in total",
            description =
                    "A node that serves several regions counts in each of them. Filter by sku; by node in view node.")
    public Page<StockBody> stock(
            @QueryParam("view") @DefaultValue("node") String view,
            @QueryParam("sku") String sku,
            @QueryParam("node") String node,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        String ofSku = sku == null ? null : new Sku(sku).code();
        String ofNode = node == null ? null : Code.of("node", node);
        Limit rows = Limit.of(limit);
        return switch (view) {
            case "node" -> byNode(ofSku, ofNode, rows, cursor);
            case "region" -> byRegion(ofSku, rows, cursor);
            case "total" -> inTotal(ofSku, rows, cursor);
            default -> throw new InvalidValue("view", "must be node, region or total");
        };
    }

    private Page<StockBody> byNode(String sku, String node, Limit rows, String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        List<StockQueries.AtCell> found =
                stock.byNode(sku, node, after == null ? null : Cell.parse(after.part(0)), rows.plusOne());
        return Page.of(found, rows, last -> Cursor.of(last.cell().text())).map(StockBody::of);
    }

    private Page<StockBody> byRegion(String sku, Limit rows, String cursor) {
        Cursor after = Cursor.parse(cursor, 2);
        List<StockQueries.InRegion> found = stock.byRegion(
                sku, after == null ? "" : after.part(0), after == null ? "" : after.part(1), rows.plusOne());
        return Page.of(found, rows, last -> Cursor.of(last.region(), last.sku()))
                .map(StockBody::of);
    }

    private Page<StockBody> inTotal(String sku, Limit rows, String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        List<StockQueries.InTotal> found = stock.inTotal(sku, after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, last -> Cursor.of(last.sku())).map(StockBody::of);
    }

    @GET
    @Path("/explanation")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "explainStock",
            summary = "S = I - O - U - L + V - T of a SKU, in total and for each cell",
            description = "Each term comes with the documents behind it, at most 50 a term, the newest first.")
    public ExplanationBody explain(@QueryParam("sku") String sku, @QueryParam("node") String node) {
        String ofSku = new Sku(sku).code();
        String ofNode = node == null ? null : Code.of("node", node);
        List<StockQueries.AtCell> cells = stock.byNode(ofSku, ofNode, null, Limit.MAX);
        List<StockQueries.Behind> behind = stock.behind(ofSku, ofNode, DOCUMENTS);
        StockFigures total =
                cells.stream().map(StockQueries.AtCell::figures).reduce(StockFigures.NONE, StockFigures::plus);
        return new ExplanationBody(
                ofSku,
                ofNode,
                TermsBody.of(total),
                cells.stream().map(cell -> CellTermsBody.of(cell, behind)).toList());
    }
}
