package org.tierstock.local.demo;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.local.demo.Event.DeliveredLine;
import org.tierstock.local.demo.Event.GoodsDelivered;
import org.tierstock.local.demo.Event.OrderCancelled;
import org.tierstock.local.demo.Event.OrderPaid;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.FoodMartTables.Product;
import org.tierstock.local.demo.FoodMartTables.Sale;
import org.tierstock.local.demo.FoodMartTables.Store;
import org.tierstock.local.demo.FoodMartTables.Supply;
import org.tierstock.local.demo.FoodMartTables.Warehouse;
import org.tierstock.local.demo.Market.AllotmentRule;
import org.tierstock.local.demo.Market.Channel;
import org.tierstock.local.demo.Market.DeductionMode;
import org.tierstock.local.demo.Market.Node;
import org.tierstock.local.demo.Market.NodeKind;
import org.tierstock.local.demo.Market.Region;
import org.tierstock.local.demo.Market.Share;

/**
 * FoodMart, a grocer in the USA, Canada and Mexico: the supply orders of 1997 are the opening stock, and 1998 is
 * replayed day by day. docs/demo.md says what becomes of each table, and what the data does not tell and is drawn.
 */
final class FoodMart implements Scenario {
    /** The owner of everything but what independent warehouses hold. */
    static final String OWNER = "FOODMART";

    private static final String USA = "USA";
    private static final String CANADA = "CANADA";
    private static final String MEXICO = "MEXICO";

    /** The stock source that the small shops' two channels share. */
    private static final String CORNER = "corner";

    /** Long enough to pay in, even on a slow machine. */
    private static final int HOLD_SECONDS = 900;

    /** How long an order is held whose customer never comes back. */
    private static final int ABANDONED_HOLD_SECONDS = 2;

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final long OPEN_SECONDS = 12 * 3600;

    private final FoodMartTables tables = new FoodMartTables();
    private final Map<Integer, LocalDate> days = tables.days();
    private final Map<Integer, Store> stores = tables.stores().stream().collect(toMap(Store::storeId, s -> s));
    private final Map<Integer, Product> products =
            tables.products().stream().collect(toMap(Product::productId, p -> p));
    private final Map<Integer, String> shelves = tables.productClasses().stream()
            .collect(toMap(FoodMartTables.ProductClass::productClassId, c -> shelf(c.productFamily())));
    private final int mostOrders;

    FoodMart(int mostOrders) {
        this.mostOrders = mostOrders;
    }

    @Override
    public String title() {
        return "FoodMart";
    }

    @Override
    public Market market() {
        List<Region> regions = List.of(
                new Region(USA, "United States, west coast"),
                new Region(CANADA, "Canada, west coast"),
                new Region(MEXICO, "Mexico"));
        List<Node> nodes = nodes();
        List<String> owners = nodes.stream().map(Node::owner).distinct().toList();
        return new Market(
                regions,
                owners,
                nodes,
                channels(),
                rules(nodes),
                products.values().stream()
                        .sorted(comparing(Product::productId))
                        .map(p -> new Market.Product(p.sku(), p.productName(), p.unitsPerCase()))
                        .toList());
    }

    @Override
    public List<GoodsDelivered> opening() {
        return deliveries(1997);
    }

    @Override
    public List<Event> events() {
        List<Event> orders = purchases();
        LocalDateTime end =
                orders.isEmpty() ? LocalDateTime.MIN : orders.getLast().at();
        List<Event> events = new ArrayList<>(orders);
        deliveries(1998).stream().filter(d -> !d.at().isAfter(end)).forEach(events::add);
        events.sort(comparing(Event::at));
        return events;
    }

    private List<Node> nodes() {
        Map<Integer, String> classes =
                tables.warehouseClasses().stream().collect(toMap(c -> c.warehouseClassId(), c -> c.description()));
        List<String> locations = List.of("DRINK", "FOOD", "HOUSEHOLD");
        List<Node> nodes = new ArrayList<>();
        for (Warehouse w : tables.warehouses()) {
            boolean owned = classes.get(w.warehouseClassId()).endsWith("Owned");
            nodes.add(new Node(
                    warehouseCode(w.warehouseId()),
                    w.warehouseName(),
                    owned ? NodeKind.OWN_WAREHOUSE : NodeKind.MERCHANT,
                    owned ? OWNER : "MERCHANT-" + w.warehouseId(),
                    regionsServed(w.warehouseCountry(), w.warehouseStateProvince()),
                    owned ? 10 : 20,
                    locations));
        }
        for (Store s : tables.stores()) {
            nodes.add(new Node(
                    storeCode(s.storeId()),
                    s.storeName() + ", " + s.storeCity(),
                    NodeKind.OWN_STORE,
                    OWNER,
                    regionsServed(s.storeCountry(), s.storeState()),
                    30,
                    locations));
        }
        return nodes;
    }

    private static List<Channel> channels() {
        return List.of(
                new Channel("supermarket", "Supermarkets", "supermarket", DeductionMode.ORDER_TIME, HOLD_SECONDS),
                new Channel("deluxe", "Deluxe supermarkets", "deluxe", DeductionMode.PRE_HOLD, HOLD_SECONDS),
                new Channel("gourmet", "Gourmet supermarkets", CORNER, DeductionMode.ORDER_TIME, HOLD_SECONDS),
                new Channel("grocery", "Small groceries", CORNER, DeductionMode.PAYMENT_TIME, HOLD_SECONDS));
    }

    /** Goods are divided as the customers of 1997 and 1998 divide by kind of store, and by country. */
    private static List<AllotmentRule> rules(List<Node> nodes) {
        Map<List<String>, List<Node>> byRegions = nodes.stream().collect(groupingBy(Node::regions));
        return List.of(
                rule("united-states-and-canada", byRegions.get(List.of(USA, CANADA)), USA, 80, CANADA, 20),
                rule("united-states-and-mexico", byRegions.get(List.of(USA, MEXICO)), USA, 60, MEXICO, 40),
                rule("canada", byRegions.get(List.of(CANADA)), CANADA, 100, CANADA, 0),
                rule("mexico", byRegions.get(List.of(MEXICO)), MEXICO, 100, MEXICO, 0));
    }

    private static AllotmentRule rule(
            String code, List<Node> nodes, String first, int firstWeight, String second, int secondWeight) {
        List<Share> shares = new ArrayList<>();
        Map<String, Integer> sources = new TreeMap<>(Map.of("supermarket", 48, "deluxe", 38, CORNER, 14));
        sources.forEach((source, weight) -> {
            shares.add(new Share(source, first, weight * firstWeight));
            if (secondWeight > 0) {
                shares.add(new Share(source, second, weight * secondWeight));
            }
        });
        return new AllotmentRule(code, 10, nodes.stream().map(Node::code).toList(), shares);
    }

    /**
     * The receipts of a year. Of each supply order the whole cases are put away in the warehouse, and the loose rest
     * goes to the store that ordered it; one receipt per node and day.
     */
    private List<GoodsDelivered> deliveries(int year) {
        Map<String, String> owners = nodes().stream().collect(toMap(Node::code, Node::owner));
        Map<LocalDate, Map<String, Load>> loads = new TreeMap<>();
        for (Supply supply : tables.supplies(year)) {
            LocalDate day = days.get(supply.timeId());
            Map<String, Load> today = loads.computeIfAbsent(day, d -> new TreeMap<>());
            Load toWarehouse = today.computeIfAbsent(warehouseCode(supply.warehouseId()), n -> new Load());
            Load toStore = today.computeIfAbsent(storeCode(supply.storeId()), n -> new Load());
            Product product = products.get(supply.productId());
            toWarehouse.add(line(product, day, supply.unitsShipped() / product.unitsPerCase(), 0));
            toStore.add(line(product, day, 0, supply.unitsShipped() % product.unitsPerCase()));
            toWarehouse.missingUnits += supply.unitsOrdered() - supply.unitsShipped();
        }
        List<GoodsDelivered> receipts = new ArrayList<>();
        loads.forEach((day, today) -> today.forEach((node, load) -> receipts.add(new GoodsDelivered(
                day.atTime(6, 0),
                "SUPPLY-" + DAY.format(day) + '-' + node,
                node,
                owners.get(node),
                load.missingUnits,
                load.lines))));
        return receipts;
    }

    private DeliveredLine line(Product product, LocalDate day, long cases, long looseUnits) {
        return new DeliveredLine(
                product.sku(),
                shelves.get(product.productClassId()),
                DAY.format(day),
                cases,
                looseUnits,
                product.unitsPerCase());
    }

    /** What one truck brings. */
    private static final class Load {
        private final List<DeliveredLine> lines = new ArrayList<>();
        private long missingUnits;

        void add(DeliveredLine line) {
            if (line.units() > 0) {
                lines.add(line);
            }
        }
    }

    /** The orders of 1998, what their customers bought in one store on one day, each with what becomes of it. */
    private List<Event> purchases() {
        Map<Purchase, Map<String, Long>> baskets = new TreeMap<>();
        for (Sale sale : tables.sales1998()) {
            Purchase purchase = new Purchase(days.get(sale.timeId()), sale.storeId(), sale.customerId());
            baskets.computeIfAbsent(purchase, p -> new TreeMap<>())
                    .merge(products.get(sale.productId()).sku(), (long) sale.unitSales(), Long::sum);
        }
        Map<LocalDate, Integer> perDay = new TreeMap<>();
        baskets.keySet().forEach(p -> perDay.merge(p.day(), 1, Integer::sum));
        List<Event> events = new ArrayList<>();
        LocalDate today = LocalDate.MIN;
        int ofToday = 0;
        int placed = 0;
        for (Map.Entry<Purchase, Map<String, Long>> basket : baskets.entrySet()) {
            if (placed++ == mostOrders) {
                break;
            }
            Purchase purchase = basket.getKey();
            ofToday = purchase.day().equals(today) ? ofToday + 1 : 0;
            today = purchase.day();
            LocalDateTime at = today.atTime(OPENS).plusSeconds(OPEN_SECONDS * ofToday / perDay.get(today));
            addOrder(events, purchase, at, basket.getValue());
        }
        return events;
    }

    private void addOrder(List<Event> events, Purchase purchase, LocalDateTime at, Map<String, Long> basket) {
        Store store = stores.get(purchase.store());
        String channel = channel(store.storeType());
        String number = DAY.format(purchase.day()) + '-' + purchase.store() + '-' + purchase.customer();
        String order = channel + ':' + number;
        Fate fate = Fate.of(channel, number);
        List<OrderedLine> lines = basket.entrySet().stream()
                .map(line -> new OrderedLine(line.getKey(), line.getValue()))
                .toList();
        int hold = fate == Fate.ABANDONED ? ABANDONED_HOLD_SECONDS : 0;
        events.add(new OrderPlaced(at, channel, number, region(store.storeCountry()), hold, lines));
        if (fate.cancels) {
            LocalDateTime then = at.plusMinutes(fate.paid ? 25 : 5);
            List<OrderedLine> cancelled = fate.wholly ? List.of() : lines.subList(0, 1);
            events.add(new OrderCancelled(then, order, number + "-C", "CUSTOMER_CHANGED_MIND", fate.paid, cancelled));
        }
        if (fate.paid || fate.cancels && !fate.wholly) {
            events.add(new OrderPaid(at.plusMinutes(15), order));
        }
    }

    private record Purchase(LocalDate day, int store, int customer) implements Comparable<Purchase> {
        private static final Comparator<Purchase> ORDER =
                comparing(Purchase::day).thenComparing(Purchase::store).thenComparing(Purchase::customer);

        @Override
        public int compareTo(Purchase other) {
            return ORDER.compare(this, other);
        }
    }

    /** What becomes of an order. The data knows only purchases that were kept, so the others are drawn. */
    private enum Fate {
        KEPT(true, false, false),
        ABANDONED(false, false, false),
        CANCELLED(false, true, true),
        LINE_CANCELLED(false, true, false),
        CANCELLED_AFTER_PAYMENT(true, true, true),
        LINE_CANCELLED_AFTER_PAYMENT(true, true, false);

        /** Whether a payment comes before the cancellation, if there is one. */
        private final boolean paid;

        private final boolean cancels;
        private final boolean wholly;

        Fate(boolean paid, boolean cancels, boolean wholly) {
            this.paid = paid;
            this.cancels = cancels;
            this.wholly = wholly;
        }

        static Fate of(String channel, String number) {
            int draw = Chance.draw("fate", number, 100);
            if (draw < 3) {
                return CANCELLED;
            } else if (draw < 5) {
                return LINE_CANCELLED;
            } else if (draw < 8) {
                return CANCELLED_AFTER_PAYMENT;
            } else if (draw < 10) {
                return LINE_CANCELLED_AFTER_PAYMENT;
            }
            return draw < 22 && channel.equals("deluxe") ? ABANDONED : KEPT;
        }
    }

    private static String channel(String storeType) {
        return switch (storeType) {
            case "Deluxe Supermarket" -> "deluxe";
            case "Gourmet Supermarket" -> "gourmet";
            case "Supermarket" -> "supermarket";
            case "Mid-Size Grocery", "Small Grocery" -> "grocery";
            default -> throw new IllegalArgumentException("no channel for a " + storeType);
        };
    }

    private static String region(String country) {
        return country.toUpperCase(Locale.ROOT);
    }

    /** Nodes near a border serve both sides of it. */
    private static List<String> regionsServed(String country, String state) {
        if (!country.equals("USA")) {
            return List.of(region(country));
        }
        return List.of(USA, state.equals("CA") ? MEXICO : CANADA);
    }

    private static String shelf(String productFamily) {
        return switch (productFamily) {
            case "Drink" -> "DRINK";
            case "Food" -> "FOOD";
            case "Non-Consumable" -> "HOUSEHOLD";
            default -> throw new IllegalArgumentException("no shelf for " + productFamily);
        };
    }

    private static String warehouseCode(int id) {
        return "W" + id;
    }

    private static String storeCode(int id) {
        return "S" + id;
    }
}
