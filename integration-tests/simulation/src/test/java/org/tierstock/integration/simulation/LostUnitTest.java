package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.AdjustStock;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** One unit vanishes by hand, in the middle of traffic, and nobody looks but the live reconciliation. */
class LostUnitTest {
    private static final int SEEDS = 30;
    private static final int STEPS_BEFORE = 150;
    private static final int MOST_STEPS_AFTER = 300;
    private static final int RECONCILED_BETWEEN_STEPS = 6;
    private static final DocumentLine TAMPERING =
            new DocumentLine(DocumentKind.RECONCILIATION_ADJUSTMENT, "BY-HAND", 0);

    enum Where {
        SALES {
            @Override
            List<String> take(World world) {
                SalesPorts ports = world.sales.ports;
                Optional<StockKey> key = ports.stock.keys().stream()
                        .filter(held -> ports.stock.balance(held, SalesBucket.SELLABLE) > 0)
                        .findFirst();
                key.ifPresent(taken -> ports.transactions.inTransaction(() -> {
                    Book<StockKey, SalesBucket> book =
                            ports.stock.lock(List.of(taken)).book();
                    book.post(Movement.within(
                            Action.ADJUST, taken, SalesBucket.SELLABLE, SalesBucket.EXTERNAL, 1, TAMPERING));
                    ports.stock.post(book, Numbers.NONE);
                }));
                return key.map(taken -> List.of(taken.channelKey().text())).orElse(List.of());
            }
        },
        DISPATCH {
            @Override
            List<String> take(World world) {
                DispatchPorts ports = world.dispatch.ports;
                Optional<Place.Backing> backing = ports.stock.places().stream()
                        .filter(Place.Backing.class::isInstance)
                        .map(Place.Backing.class::cast)
                        .filter(place -> ports.stock.balance(place, DispatchBucket.ALLOTTED) > 0)
                        .findFirst();
                backing.ifPresent(taken -> ports.transactions.inTransaction(() -> {
                    Stock stock = ports.stock.lock(List.of(taken.cell().sku()));
                    stock.book()
                            .post(new Movement<>(
                                    Action.ADJUST,
                                    taken,
                                    DispatchBucket.ALLOTTED,
                                    null,
                                    DispatchBucket.EXTERNAL,
                                    1,
                                    TAMPERING));
                    ports.stock.save(stock, Numbers.NONE);
                }));
                return backing.map(taken ->
                                List.of(taken.key().text(), taken.cell().text()))
                        .orElse(List.of());
            }
        },
        WAREHOUSE {
            @Override
            List<String> take(World world) {
                WarehousePorts ports = world.warehouses.ports;
                Optional<org.tierstock.warehouse.domain.StockKey> key = ports.stock.balances().entrySet().stream()
                        .filter(row -> row.getValue().getOrDefault(WarehouseBucket.AVAILABLE, 0L) > 0)
                        .map(Map.Entry::getKey)
                        .findFirst();
                key.ifPresent(taken -> ports.transactions.inTransaction(() -> {
                    Book<org.tierstock.warehouse.domain.StockKey, WarehouseBucket> book =
                            ports.stock.lock(List.of(taken.head()));
                    book.post(Movement.within(
                            Action.ADJUST, taken, WarehouseBucket.AVAILABLE, WarehouseBucket.EXTERNAL, 1, TAMPERING));
                    ports.stock.write(book, Numbers.NONE);
                }));
                return key.map(taken -> List.of(taken.cell().text())).orElse(List.of());
            }
        };

        /** Takes one unit away without a message; answers the key and cell whose position now differs, if any had one. */
        abstract List<String> take(World world);
    }

    @ParameterizedTest
    @EnumSource
    void a_unit_that_vanishes_is_found_by_the_live_reconciliation(Where where) {
        int tried = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            World world = new World(Climate.of(seed), new Parts(), false);
            int step = 0;
            while (step < STEPS_BEFORE) {
                world.step(step, Chance.of(seed, step++));
            }
            List<String> taken = where.take(world);
            if (!taken.isEmpty()) {
                tried++;
                world.stopChecking();
                assertThat(reconciled(world, seed, step))
                        .as("seed %d, taken from %s", seed, taken)
                        .hasValueSatisfying(broken -> {
                            assertThat(broken).hasMessageStartingWith("Live reconciliation: ");
                            assertThat(taken).anyMatch(broken.getMessage()::contains);
                        });
            }
        }
        System.out.printf("A unit vanished from %s and was found in %d of %d histories%n", where, tried, tried);
        assertThat(tried).isGreaterThan(SEEDS / 2);
    }

    @Test
    void an_adjustment_makes_good_what_has_vanished_and_all_equations_hold_from_then_on() {
        int tried = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            World world = new World(Climate.of(seed), new Parts(), false);
            int step = 0;
            while (step < STEPS_BEFORE) {
                world.step(step, Chance.of(seed, step++));
            }
            List<String> taken = Where.SALES.take(world);
            if (!taken.isEmpty()) {
                tried++;
                SalesPorts ports = world.sales.ports;
                AdjustStock adjustStock = new AdjustStock(ports.stock);
                ports.transactions.inTransaction(
                        () -> adjustStock.adjust(ChannelKey.parse(taken.getFirst()), 1, "ADJUSTED", () -> true));

                int now = step;
                long ofSeed = seed;
                assertThat(History.broken(() -> {
                            for (int later = now; later < now + MOST_STEPS_AFTER; later++) {
                                world.step(later, Chance.of(ofSeed, later));
                            }
                            world.rest();
                        }))
                        .as("seed %d, taken from %s", seed, taken)
                        .isEmpty();
            }
        }
        assertThat(tried).isGreaterThan(SEEDS / 2);
    }

    private static Optional<EquationBroken> reconciled(World world, long seed, int from) {
        return History.broken(() -> {
            for (int step = from; step < from + MOST_STEPS_AFTER; step++) {
                attempt(world, step, Chance.of(seed, step));
                for (int i = 0; i < RECONCILED_BETWEEN_STEPS; i++) {
                    world.deeds.auditors.reconcile();
                }
            }
        });
    }

    /** A use case that stumbles over the missing unit fails loudly; its caller tries again, and the layers go on. */
    private static void attempt(World world, int step, Chance chance) {
        try {
            world.step(step, chance);
        } catch (IllegalStateException e) {
            // What it was doing is in flight still.
        }
    }
}
