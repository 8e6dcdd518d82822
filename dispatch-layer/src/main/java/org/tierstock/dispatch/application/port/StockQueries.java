package org.tierstock.dispatch.application.port;

import java.time.Instant;
import java.util.List;
import org.tierstock.dispatch.domain.StockFigures;
import org.tierstock.movements.Cell;
import org.tierstock.movements.DocumentKind;
import org.tierstock.runtime.QueryPort;

/** The stock of the dispatch layer to look at: by node, by region, in total (单仓 / 区域 / 总, S37). */
@QueryPort
public interface StockQueries {
    /** The stock of one cell. */
    record AtCell(Cell cell, StockFigures figures) {}

    /** The stock of all nodes that serve a region. A node that serves several regions counts in each. */
    record InRegion(String region, String sku, StockFigures figures) {}

    /** The stock of all nodes. */
    record InTotal(String sku, StockFigures figures) {}

    /** The terms of S = I - O - U - L + V - T, and the deficit. */
    enum Term {
        ON_HAND,
        ORDERED,
        UNSELLABLE,
        HELD,
        VIRTUAL,
        TRANSFER,
        DEFICIT
    }

    /**
     * A document behind a term.
     *
     * @param quantity what it adds to the term; below zero for what it takes
     * @param movedAt when, UTC
     */
    record Behind(Cell cell, Term term, DocumentKind kind, String number, int line, long quantity, Instant movedAt) {}

    /**
     * Stock by cell, in the order of SKU, node, virtual warehouse, owner and quality.
     *
     * @param sku null for all
     * @param node null for all
     * @param after the last cell of the page before; null for the first page
     */
    List<AtCell> byNode(String sku, String node, Cell after, int limit);

    /**
     * Stock by region and SKU.
     *
     * @param sku null for all
     * @param afterRegion empty for the first page
     */
    List<InRegion> byRegion(String sku, String afterRegion, String afterSku, int limit);

    /**
     * Stock by SKU.
     *
     * @param sku null for all
     * @param after empty for the first page
     */
    List<InTotal> inTotal(String sku, String after, int limit);

    /**
     * The documents behind the terms of a SKU's stock, for each term the newest first: what is ordered and held by what
     * still holds it, the other terms by the movements that made them.
     *
     * @param node null for all
     * @param limitPerTerm the most documents of a term
     */
    List<Behind> behind(String sku, String node, int limitPerTerm);
}
