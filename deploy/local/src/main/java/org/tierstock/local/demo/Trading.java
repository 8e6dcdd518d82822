package org.tierstock.local.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Plays a scenario: opens the market, unloads the opening stock, and then chapter after chapter. While a chapter's
 * customers order, the next chapter's trucks are unloaded and the last one's parcels leave.
 */
final class Trading {
    private static final int LEAST_ORDERS_PER_CHAPTER = 400;
    private static final int CALLS_AT_ONCE = 8;

    private final Layers layers;
    private final Customers customers;
    private final Warehouses warehouses;
    private final OwnBooks books;
    private final Crew crew;
    private final Progress progress;
    private final Scenario scenario;
    private final Market market;

    Trading(Layers layers, Scenario scenario, OwnBooks books, Crew crew, Progress progress) {
        this.layers = layers;
        this.scenario = scenario;
        this.market = scenario.market();
        this.books = books;
        this.crew = crew;
        this.progress = progress;
        this.customers = new Customers(layers.sales(), books, crew, progress, market);
        this.warehouses = new Warehouses(layers.warehouse(), books, crew);
    }

    /** Master data first: goods of a node that dispatch does not know could be promised to nobody. */
    void open() {
        progress.stage(
                "opening " + market.nodes().size() + " nodes and listing "
                        + market.products().size() + " products",
                0);
        market.regions().forEach(layers.dispatch()::open);
        crew.each(CALLS_AT_ONCE, market.nodes(), node -> {
            layers.warehouse().open(node);
            layers.dispatch().open(node);
        });
        market.rules().forEach(layers.dispatch()::agree);
        market.channels().forEach(layers.sales()::open);
        market.owners().forEach(layers.warehouse()::admit);
        layers.warehouse().list(market.products());
    }

    /** Unloads what there was before the first order, and waits until it is on sale. */
    void unloadOpening() {
        progress.stage("unloading the opening stock", 0);
        warehouses.unload(scenario.opening());
        layers.awaitApplied();
    }

    /** Plays every day from that of the first order on. */
    void trade() {
        List<Event> events = scenario.events();
        List<Chapter> chapters = Chapter.of(events, LEAST_ORDERS_PER_CHAPTER);
        progress.stage(
                "ordering, paying, cancelling, shipping",
                events.stream().filter(Event.OfOrder.class::isInstance).count());
        warehouses.unload(chapters.getFirst().deliveries());
        layers.awaitApplied();
        Map<String, String> accounts = new HashMap<>();
        for (Chapter chapter : chapters) {
            List<Runnable> atOnce = new ArrayList<>();
            atOnce.add(() -> customers.shop(chapter, accounts));
            atOnce.add(() -> {
                chapter.counts().forEach(warehouses::count);
                warehouses.ship(order -> order.chapter() < chapter.index());
            });
            if (chapter.index() + 1 < chapters.size()) {
                atOnce.add(() ->
                        warehouses.unload(chapters.get(chapter.index() + 1).deliveries()));
            }
            crew.together(atOnce);
            chapter.returns().forEach(goods -> books.returned(goods.units()));
        }
    }

    /** Ships all that is left, and gives up what no node can serve, until twice nothing was under way. */
    void settle() {
        progress.stage("shipping the rest, waiting until every message is applied", 0);
        Queue<OwnBooks.Order> cancelled = new ArrayDeque<>(
                books.orders().stream().filter(OwnBooks.Order::askedToCancel).toList());
        long written = 0;
        int quiet = 0;
        while (quiet < 2) {
            Layers.pause();
            int shipped = warehouses.ship(order -> true);
            long now = layers.awaitApplied();
            boolean still = now == written && shipped == 0;
            boolean settled = still && !giveUpShortages() && layers.settled() && answered(cancelled);
            quiet = settled ? quiet + 1 : 0;
            written = now;
        }
    }

    /** Takes from the waiting orders those whose cancellation is answered; true when none is left. */
    private boolean answered(Queue<OwnBooks.Order> waiting) {
        while (!waiting.isEmpty()
                && !layers.sales().awaitsCancellation(waiting.element().number())) {
            waiting.remove();
        }
        return waiting.isEmpty();
    }

    private boolean giveUpShortages() {
        List<DispatchClient.ShortLine> shortages = layers.dispatch().shortages();
        shortages.forEach(layers.dispatch()::giveUp);
        return !shortages.isEmpty();
    }
}
