package org.tierstock.local.demo;

import static java.util.Comparator.comparing;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.local.demo.Event.Counted;
import org.tierstock.local.demo.Event.DeliveredLine;
import org.tierstock.local.demo.Event.GoodsDelivered;
import org.tierstock.local.demo.Event.GoodsReturned;
import org.tierstock.local.demo.Event.OrderCancelled;
import org.tierstock.local.demo.Event.OrderPaid;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.Market.AllotmentRule;
import org.tierstock.local.demo.Market.Channel;
import org.tierstock.local.demo.Market.DeductionMode;
import org.tierstock.local.demo.Market.Node;
import org.tierstock.local.demo.Market.NodeKind;
import org.tierstock.local.demo.Market.Product;
import org.tierstock.local.demo.Market.Region;
import org.tierstock.local.demo.Market.Share;

/**
 * UCI Online Retail: a year of a British gift shop, its invoices, cancellations and stock adjustments. It has no
 * receipts and no warehouses; docs/demo.md says how they are made up, and what becomes of each kind of line.
 */
final class OnlineRetail implements Scenario {
    private static final String OWNER = "SHOP";
    private static final String MAIN = "MAIN";
    private static final String NORTH = "NORTH";
    private static final String UK = "UK";
    private static final String ABROAD = "ABROAD";

    /** The stock source of both channels at home. */
    private static final String HOME = "home";

    private static final String EXPORT = "export";
    private static final int UNITS_PER_CASE = 12;
    private static final int HOLD_SECONDS = 900;
    private static final int SHELVES = 10;

    /** Delivered for every 100 units that will be asked for. */
    private static final int DELIVERED_PERCENT = 110;

    /** Of three cases, MAIN gets two and NORTH one. */
    private static final int CASES_IN_THREE_TO_MAIN = 2;

    /** The most lines of one receipt. */
    private static final int RECEIPT_LINES = 200;

    private static final int PAID_AFTER_MINUTES = 60;
    private static final double SHIPPED_AFTER_HOURS = 24;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Map<String, Invoice> invoices;
    private final List<Event> documents;
    private final List<Product> products;

    /**
     * Reads the dataset.
     *
     * @param directory with the files invoices.csv.gz, lines.csv.gz, products.csv, adjustments.csv and
     *     cancel_match_derived.csv.gz
     * @param mostOrders how many orders to replay at most, the first ones
     */
    OnlineRetail(Path directory, int mostOrders) {
        Map<String, Invoice> headers = new LinkedHashMap<>();
        Csv.read(directory.resolve("invoices.csv.gz"), row -> headers.put(row.text("InvoiceNo"), Invoice.of(row)));
        this.invoices = orders(directory, headers, mostOrders);
        this.documents = documents(directory, headers);
        this.products = products(directory);
    }

    @Override
    public String title() {
        return "UCI Online Retail";
    }

    @Override
    public Market market() {
        List<String> shelves = new ArrayList<>();
        for (int i = 0; i < SHELVES; i++) {
            shelves.add(shelf(i));
        }
        int abroadInThousand = abroadInThousand();
        int ofMain = abroadInThousand * 3 / CASES_IN_THREE_TO_MAIN;
        return new Market(
                List.of(new Region(UK, "United Kingdom"), new Region(ABROAD, "Everywhere else")),
                List.of(OWNER),
                List.of(
                        new Node(
                                MAIN,
                                "Main warehouse",
                                NodeKind.OWN_WAREHOUSE,
                                OWNER,
                                List.of(UK, ABROAD),
                                10,
                                shelves),
                        new Node(NORTH, "Northern warehouse", NodeKind.OWN_WAREHOUSE, OWNER, List.of(UK), 20, shelves)),
                List.of(
                        new Channel("trade", "Trade customers", HOME, DeductionMode.ORDER_TIME, HOLD_SECONDS),
                        new Channel("web", "Web shop", HOME, DeductionMode.PRE_HOLD, HOLD_SECONDS),
                        new Channel(EXPORT, "Export", EXPORT, DeductionMode.PAYMENT_TIME, HOLD_SECONDS)),
                List.of(
                        new AllotmentRule(
                                "main",
                                10,
                                List.of(MAIN),
                                List.of(new Share(HOME, UK, 1000 - ofMain), new Share(EXPORT, ABROAD, ofMain))),
                        new AllotmentRule("north", 10, List.of(NORTH), List.of(new Share(HOME, UK, 1)))),
                products);
    }

    @Override
    public List<GoodsDelivered> opening() {
        return deliveries().stream().filter(d -> !d.at().isAfter(firstOrder())).toList();
    }

    @Override
    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        deliveries().stream().filter(d -> d.at().isAfter(firstOrder())).forEach(events::add);
        invoices.forEach((number, invoice) -> {
            events.add(new OrderPlaced(
                    invoice.at, invoice.channel(), number, invoice.region(), 0, lines(invoice.unitsBySku)));
            events.add(new OrderPaid(invoice.at.plusMinutes(PAID_AFTER_MINUTES), invoice.order()));
        });
        events.addAll(documents);
        events.sort(comparing(Event::at));
        return events;
    }

    private static Map<String, Invoice> orders(Path directory, Map<String, Invoice> headers, int mostOrders) {
        Map<String, Invoice> orders = new LinkedHashMap<>();
        Csv.read(directory.resolve("lines.csv.gz"), row -> {
            String number = row.text("InvoiceNo");
            boolean wanted =
                    row.text("Kind").equals("order") && (orders.containsKey(number) || orders.size() < mostOrders);
            if (wanted) {
                orders.computeIfAbsent(number, headers::get)
                        .unitsBySku
                        .merge(row.text("StockCode"), row.number("Quantity"), Long::sum);
            }
        });
        return orders;
    }

    /** Cancellations of the replayed orders, and counts and returns up to the last of them. */
    private List<Event> documents(Path directory, Map<String, Invoice> headers) {
        LocalDateTime end = invoices.values().stream()
                .map(i -> i.at)
                .max(LocalDateTime::compareTo)
                .orElse(LocalDateTime.MIN)
                .plusMinutes(PAID_AFTER_MINUTES);
        Map<Cancelled, Map<String, Long>> cancelled = new TreeMap<>(Cancelled.ORDER);
        List<Event> documents = new ArrayList<>();
        Csv.read(directory.resolve("cancel_match_derived.csv.gz"), row -> {
            LocalDateTime at = headers.get(row.text("CancelInvoice")).at;
            if (at.isAfter(end)) {
                return;
            }
            String sale = row.text("SaleInvoice");
            double hoursAfterSale = sale.isEmpty() ? Double.MAX_VALUE : Double.parseDouble(row.text("HoursAfterSale"));
            if (hoursAfterSale >= SHIPPED_AFTER_HOURS) {
                documents.add(new GoodsReturned(at, row.text("StockCode"), row.number("Quantity")));
            } else if (invoices.containsKey(sale)) {
                boolean paid = hoursAfterSale * 60 >= PAID_AFTER_MINUTES;
                cancelled
                        .computeIfAbsent(new Cancelled(at, row.text("CancelInvoice"), sale, paid), c -> new TreeMap<>())
                        .merge(row.text("StockCode"), row.number("Quantity"), Long::sum);
            }
        });
        cancelled.forEach((c, units) -> documents.add(new OrderCancelled(
                c.at,
                invoices.get(c.sale).order(),
                c.invoice + '-' + c.sale,
                "CUSTOMER_CANCELLED",
                c.paid,
                lines(units))));
        Csv.read(directory.resolve("adjustments.csv"), row -> {
            LocalDateTime at = LocalDateTime.parse(row.text("InvoiceDate"), TIME);
            if (!at.isAfter(end)) {
                documents.add(
                        new Counted(at, "COUNT-" + row.text("Line"), row.text("StockCode"), row.number("Quantity")));
            }
        });
        return documents;
    }

    private static List<Product> products(Path directory) {
        List<Product> products = new ArrayList<>();
        Csv.read(directory.resolve("products.csv"), row -> {
            if (row.number("NonStock") == 0) {
                String sku = row.text("StockCode");
                String name = row.text("Description");
                products.add(new Product(sku, name.isEmpty() ? sku : name, UNITS_PER_CASE));
            }
        });
        return products;
    }

    /** Before each month, what will be asked for in it and a tenth more, in whole cases. */
    private List<GoodsDelivered> deliveries() {
        Map<YearMonth, Map<String, Long>> asked = new TreeMap<>();
        for (Invoice invoice : invoices.values()) {
            Map<String, Long> ofMonth = asked.computeIfAbsent(YearMonth.from(invoice.at), m -> new TreeMap<>());
            invoice.unitsBySku.forEach((sku, units) -> ofMonth.merge(sku, units, Long::sum));
        }
        List<GoodsDelivered> receipts = new ArrayList<>();
        asked.forEach((month, units) -> {
            List<DeliveredLine> toMain = new ArrayList<>();
            List<DeliveredLine> toNorth = new ArrayList<>();
            units.forEach((sku, ordered) -> {
                long cases = Math.ceilDiv(ordered * DELIVERED_PERCENT, 100L * UNITS_PER_CASE);
                long main = Math.ceilDiv(cases * CASES_IN_THREE_TO_MAIN, 3L);
                toMain.add(line(month, sku, main));
                if (cases > main) {
                    toNorth.add(line(month, sku, cases - main));
                }
            });
            addReceipts(receipts, month, MAIN, toMain);
            addReceipts(receipts, month, NORTH, toNorth);
        });
        return receipts;
    }

    private static void addReceipts(
            List<GoodsDelivered> receipts, YearMonth month, String node, List<DeliveredLine> lines) {
        for (int from = 0; from < lines.size(); from += RECEIPT_LINES) {
            receipts.add(new GoodsDelivered(
                    month.atDay(1).atTime(6, 0),
                    "SUPPLY-" + month + '-' + node + '-' + (from / RECEIPT_LINES + 1),
                    node,
                    OWNER,
                    0,
                    List.copyOf(lines.subList(from, Math.min(from + RECEIPT_LINES, lines.size())))));
        }
    }

    private static DeliveredLine line(YearMonth month, String sku, long cases) {
        return new DeliveredLine(
                sku, shelf(Chance.draw("shelf", sku, SHELVES)), month.toString(), cases, 0, UNITS_PER_CASE);
    }

    private static String shelf(int number) {
        return "SHELF-" + number;
    }

    private LocalDateTime firstOrder() {
        return invoices.values().stream()
                .map(i -> i.at)
                .min(LocalDateTime::compareTo)
                .orElse(LocalDateTime.MIN);
    }

    /** How many of a thousand units that are asked for go abroad; at least one. */
    private int abroadInThousand() {
        long all = 0;
        long abroad = 0;
        for (Invoice invoice : invoices.values()) {
            long units = invoice.unitsBySku.values().stream().mapToLong(u -> u).sum();
            all += units;
            abroad += invoice.region().equals(ABROAD) ? units : 0;
        }
        return all == 0 ? 1 : (int) Math.max(1, 1000 * abroad / all);
    }

    private static List<OrderedLine> lines(Map<String, Long> unitsBySku) {
        return unitsBySku.entrySet().stream()
                .map(line -> new OrderedLine(line.getKey(), line.getValue()))
                .toList();
    }

    /** The part of a cancelling invoice that concerns one sale. */
    private record Cancelled(LocalDateTime at, String invoice, String sale, boolean paid) {
        private static final Comparator<Cancelled> ORDER = comparing(Cancelled::at)
                .thenComparing(Cancelled::invoice)
                .thenComparing(Cancelled::sale)
                .thenComparing(Cancelled::paid);
    }

    /** An invoice of goods: an order, whose repeated products are summed. */
    private static final class Invoice {
        private final String number;
        private final LocalDateTime at;
        private final String country;
        private final boolean known;
        private final Map<String, Long> unitsBySku = new TreeMap<>();

        private Invoice(String number, LocalDateTime at, String country, boolean known) {
            this.number = number;
            this.at = at;
            this.country = country;
            this.known = known;
        }

        static Invoice of(Csv.Row row) {
            return new Invoice(
                    row.text("InvoiceNo"),
                    LocalDateTime.parse(row.text("InvoiceDate"), TIME),
                    row.text("Country"),
                    !row.text("CustomerID").isEmpty());
        }

        String region() {
            return country.equals("United Kingdom") ? UK : ABROAD;
        }

        String channel() {
            if (region().equals(ABROAD)) {
                return EXPORT;
            }
            return known ? "trade" : "web";
        }

        String order() {
            return channel() + ':' + number;
        }
    }
}
