package org.tierstock.dispatch.adapter.in.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.tierstock.dispatch.application.port.StockQueries;
import org.tierstock.dispatch.domain.StockFigures;
import org.tierstock.movements.Cell;
import org.tierstock.movements.DocumentKind;

/** The JSON of stock. Quantities are whole units. */
final class StockBodies {
    private StockBodies() {}

    /**
     * Stock of one cell, one region or all nodes. What does not apply to the view is absent.
     *
     * @param deficit zero or below
     * @param onHand I: free + allotted + allocated + transferLocked + held + unsellable + deficit + unsellableDeficit
     * @param sellable S
     */
    record StockBody(
            String region,
            String node,
            String virtualWarehouse,
            String owner,
            String quality,
            String sku,
            long free,
            long allotted,
            long allocated,
            long transferLocked,
            long held,
            long unsellable,
            long deficit,
            long unsellableDeficit,
            long inTransit,
            long air,
            long virtual,
            long onHand,
            long sellable) {
        static StockBody of(StockQueries.AtCell stock) {
            Cell cell = stock.cell();
            return of(
                    null,
                    cell.node().node(),
                    cell.node().virtualWarehouse(),
                    cell.node().owner(),
                    cell.node().quality().name(),
                    cell.sku().code(),
                    stock.figures());
        }

        static StockBody of(StockQueries.InRegion stock) {
            return of(stock.region(), null, null, null, null, stock.sku(), stock.figures());
        }

        static StockBody of(StockQueries.InTotal stock) {
            return of(null, null, null, null, null, stock.sku(), stock.figures());
        }

        private static StockBody of(
                String region,
                String node,
                String virtualWarehouse,
                String owner,
                String quality,
                String sku,
                StockFigures figures) {
            return new StockBody(
                    region,
                    node,
                    virtualWarehouse,
                    owner,
                    quality,
                    sku,
                    figures.free(),
                    figures.allotted(),
                    figures.allocated(),
                    figures.transferLocked(),
                    figures.held(),
                    figures.unsellable(),
                    figures.deficit(),
                    figures.unsellableDeficit(),
                    figures.inTransit(),
                    figures.air(),
                    figures.virtual(),
                    figures.onHand(),
                    figures.sellable());
        }
    }

    /** S = I - O - U - L + V - T of a SKU, in total and for each cell, with the documents behind each term. */
    record ExplanationBody(String sku, String node, TermsBody total, List<CellTermsBody> cells) {}

    /**
     * {@code sellable = onHand - ordered - unsellable - held + virtual - transfer}; and {@code sellable = free + allotted +
     * deficit + virtual}.
     *
     * @param deficit zero or below; it is part of onHand
     */
    record TermsBody(
            long sellable,
            long onHand,
            long ordered,
            long unsellable,
            long held,
            long virtual,
            long transfer,
            long deficit,
            long free,
            long allotted) {
        static TermsBody of(StockFigures figures) {
            return new TermsBody(
                    figures.sellable(),
                    figures.onHand(),
                    figures.allocated(),
                    figures.unsellableNet(),
                    figures.held(),
                    figures.virtual(),
                    figures.transferLocked(),
                    figures.deficit(),
                    figures.free(),
                    figures.allotted());
        }
    }

    /** The terms of one cell. */
    record CellTermsBody(
            String node,
            String virtualWarehouse,
            String owner,
            String quality,
            @JsonUnwrapped TermsBody terms,
            List<DocumentBody> documents) {
        static CellTermsBody of(StockQueries.AtCell stock, List<StockQueries.Behind> behind) {
            Cell cell = stock.cell();
            return new CellTermsBody(
                    cell.node().node(),
                    cell.node().virtualWarehouse(),
                    cell.node().owner(),
                    cell.node().quality().name(),
                    TermsBody.of(stock.figures()),
                    behind.stream()
                            .filter(document -> document.cell().equals(cell))
                            .map(DocumentBody::of)
                            .toList());
        }
    }

    /**
     * A document behind a term.
     *
     * @param quantity what it adds to the term; below zero for what it takes
     */
    record DocumentBody(
            StockQueries.Term term, DocumentKind kind, String number, int line, long quantity, Instant movedAt) {
        static DocumentBody of(StockQueries.Behind behind) {
            return new DocumentBody(
                    behind.term(), behind.kind(), behind.number(), behind.line(), behind.quantity(), behind.movedAt());
        }
    }
}
