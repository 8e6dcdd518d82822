package org.tierstock.local.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.tierstock.local.demo.DemoCheck.Finding;
import org.tierstock.local.demo.DispatchClient.Explanation;
import org.tierstock.local.demo.Operations.Audit;
import org.tierstock.local.demo.Operations.Reconciliation;
import org.tierstock.local.demo.OwnBooks.Goods;

/** The outcome of a demo: figures for people, and for programs as one JSON object. */
final class DemoReport {
    /** The figures for programs. Orders count once each; units are whole units; seconds are those of the replay. */
    @JsonPropertyOrder({
        "data",
        "ordersPlaced",
        "ordersRefused",
        "ordersPaid",
        "ordersRefunded",
        "ordersCancelled",
        "ordersExpired",
        "ordersShipped",
        "ordersShort",
        "orderLines",
        "unitsReceived",
        "unitsPaid",
        "unitsShipped",
        "unitsReversed",
        "unitsShort",
        "oversold",
        "ledgerDifferences",
        "reconciliationDifferences",
        "findings",
        "documents",
        "seconds",
        "secondsToStart"
    })
    record Figures(
            String data,
            long ordersPlaced,
            long ordersRefused,
            long ordersPaid,
            long ordersRefunded,
            long ordersCancelled,
            long ordersExpired,
            long ordersShipped,
            long ordersShort,
            long orderLines,
            long unitsReceived,
            long unitsPaid,
            long unitsShipped,
            long unitsReversed,
            long unitsShort,
            long oversold,
            long ledgerDifferences,
            long reconciliationDifferences,
            long findings,
            long documents,
            long seconds,
            long secondsToStart) {}

    private final OwnBooks books;
    private final Evidence evidence;
    private final List<Finding> findings;
    private final List<Outcome> outcomes;
    private final Figures figures;

    /**
     * The report.
     *
     * @param seconds what the replay took, from the first node to the last applied message
     * @param secondsToStart what the platform took to start
     */
    DemoReport(String data, OwnBooks books, Evidence evidence, long seconds, long secondsToStart) {
        this.books = books;
        this.evidence = evidence;
        DemoCheck check = new DemoCheck(books, evidence);
        this.findings = check.findings();
        this.outcomes = books.orders().stream()
                .map(order -> Outcome.of(order, evidence.orders().get(order.number())))
                .toList();
        this.figures = new Figures(
                data,
                outcomes.size(),
                books.refusedByReason().values().stream().mapToLong(n -> n).sum(),
                count(Outcome::wasPaid),
                count(Outcome::refunded),
                count(Outcome::cancelled),
                count(Outcome::expired),
                count(Outcome::leftTheHouse),
                count(Outcome::wasShort),
                sum(outcome -> outcome.order().lines().size()),
                goods(Goods::received),
                sum(Outcome::paid),
                sum(Outcome::shipped),
                sum(Outcome::reversed),
                sum(Outcome::shortUnits),
                check.oversoldBySku().values().stream().mapToLong(n -> n).sum(),
                evidence.ledgerDifferences(),
                evidence.reconciliationDifferences(),
                findings.size(),
                books.documents(),
                seconds,
                secondsToStart);
    }

    Figures figures() {
        return figures;
    }

    /** True when every invariant holds. */
    boolean clean() {
        return findings.isEmpty();
    }

    /** One JSON object on one line. */
    String json() {
        try {
            return JsonMapper.builder().build().writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything, for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        orders(text);
        goods(text);
        stocks(text);
        formula(text);
        proofs(text);
        return text.toString();
    }

    private void orders(StringBuilder text) {
        line(text, "%n%s", figures.data());
        line(text, "%nOrders");
        number(
                text,
                "placed",
                figures.ordersPlaced(),
                "of which " + grouped(books.cutBaskets()) + " took less than was first asked for");
        number(text, "refused", figures.ordersRefused(), reasons(books.refusedByReason()));
        number(text, "paid", figures.ordersPaid(), "");
        number(text, "refunded", figures.ordersRefunded(), "the payment came when the goods were gone");
        number(text, "cancelled", figures.ordersCancelled(), "wholly; before payment or after it");
        number(text, "expired", figures.ordersExpired(), "never paid");
        number(text, "shipped", figures.ordersShipped(), "");
        number(text, "short", figures.ordersShort(), "in part or wholly: " + grouped(figures.unitsShort()) + " units");
    }

    private void goods(StringBuilder text) {
        line(text, "%nGoods, in units");
        number(
                text,
                "received",
                figures.unitsReceived(),
                "suppliers owe " + grouped(books.unitsMissingFromSuppliers()) + " more that were ordered");
        number(text, "found", goods(Goods::gained), "by counting");
        number(text, "lost", goods(Goods::lost), "by counting and short picks");
        number(text, "paid for", figures.unitsPaid(), "");
        number(text, "reversed", figures.unitsReversed(), "cancelled after payment, or short");
        number(text, "shipped", figures.unitsShipped(), "");
        if (books.returns() > 0) {
            number(
                    text,
                    "returned",
                    books.unitsReturned(),
                    "in " + grouped(books.returns()) + " returns seen in the data, not booked");
        }
    }

    private void stocks(StringBuilder text) {
        line(text, "%nUnits by layer and bucket");
        evidence.stocks().forEach((layer, stock) -> {
            StringBuilder buckets = new StringBuilder();
            stock.totals()
                    .forEach((bucket, units) -> buckets.append("  ")
                            .append(bucket.toUpperCase(Locale.ROOT))
                            .append(' ')
                            .append(grouped(units)));
            line(text, "  %-10s%s", layer, buckets);
        });
    }

    private void formula(StringBuilder text) {
        line(
                text,
                "%nS = I - O - U - L + V - T: sellable = on hand - ordered - unsellable - held + virtual - transfer");
        for (Explanation e : evidence.explanations()) {
            line(
                    text,
                    "  %-14s %s = %s - %s - %s - %s + %s - %s",
                    e.sku(),
                    grouped(e.sellable()),
                    grouped(e.onHand()),
                    grouped(e.ordered()),
                    grouped(e.unsellable()),
                    grouped(e.held()),
                    grouped(e.virtual()),
                    grouped(e.transfer()));
        }
    }

    private void proofs(StringBuilder text) {
        line(text, "%nProofs");
        for (Map.Entry<String, Audit> audit : evidence.audits().entrySet()) {
            line(
                    text,
                    "  %-10s %s balances against the ledger: %s differences",
                    audit.getKey(),
                    grouped(audit.getValue().rows()),
                    grouped(audit.getValue().differences()));
        }
        for (Reconciliation r : evidence.reconciliations()) {
            line(
                    text,
                    "  %-10s %s keys at one cut: %s differences",
                    r.peer(),
                    grouped(r.keys()),
                    grouped(r.differences()));
        }
        line(text, "  oversold   %s units", grouped(figures.oversold()));
        for (Finding finding : findings) {
            line(
                    text,
                    "  FAILED     %s: %s times, e.g. %s",
                    finding.what(),
                    grouped(finding.count()),
                    finding.example());
        }
        long seconds = Math.max(1, figures.seconds());
        line(
                text,
                "%n%s documents and %s order lines in %s s: %s orders, %s lines a second, end to end.%n%s",
                grouped(figures.documents()),
                grouped(figures.orderLines()),
                grouped(figures.seconds()),
                grouped((figures.ordersPlaced() + figures.ordersRefused()) / seconds),
                grouped(figures.orderLines() / seconds),
                clean() ? "Every invariant holds." : "INVARIANTS FAILED: " + findings.size());
    }

    private long count(Predicate<Outcome> which) {
        return outcomes.stream().filter(which).count();
    }

    private long sum(ToLongFunction<Outcome> what) {
        return outcomes.stream().mapToLong(what).sum();
    }

    private long goods(ToLongFunction<Goods> what) {
        Set<String> skus = new TreeSet<>(books.skus());
        return skus.stream().map(books::goods).mapToLong(what).sum();
    }

    private static String reasons(Map<String, Long> byReason) {
        return String.join(
                ", ",
                byReason.entrySet().stream()
                        .map(reason -> reason.getKey() + ": " + grouped(reason.getValue()))
                        .toList());
    }

    private static void number(StringBuilder text, String what, long units, String remark) {
        line(text, "  %-10s %11s  %s", what, grouped(units), remark);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
