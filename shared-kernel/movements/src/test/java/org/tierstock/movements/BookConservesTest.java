package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is posted, units are neither made nor lost. Each seed is one history; a failing one can be run again. */
class BookConservesTest {
    private static final List<String> KEYS = List.of("kettle", "cup", "pan");
    private static final Shelf[] SHELVES = Shelf.values();
    private static final int MOVEMENTS = 400;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_sequence_of_movements_conserves_units_and_keeps_every_bucket_on_its_side_of_zero(long seed) {
        Random random = new Random(seed);
        Book<String, Shelf> book = new Book<>(Shelf.class);
        Map<String, long[]> opening = open(book, random);
        long fromOutside = 0;
        int refused = 0;

        for (int i = 0; i < MOVEMENTS; i++) {
            Movement<String, Shelf> movement = anyMovement(random);
            Map<String, long[]> before = balances(book);
            try {
                book.post(movement);
                fromOutside += movement.from() == null ? movement.quantity() : 0;
                fromOutside -= movement.to() == null ? movement.quantity() : 0;
                assertThat(total(balances(book)) - total(before)).isEqualTo(throughTheEdge(movement));
            } catch (ConservationBroken e) {
                refused++;
            }
            assertEveryBucketIsOnItsSide(book);
        }

        assertThat(refused).isBetween(1, MOVEMENTS - 1);
        assertThat(book.entries()).hasSize(MOVEMENTS - refused);
        assertThat(total(balances(book)) - total(opening)).isEqualTo(fromOutside);
        assertChangesAreTheDifference(book, opening);
    }

    private static Map<String, long[]> open(Book<String, Shelf> book, Random random) {
        for (String key : KEYS) {
            book.open(key);
            book.open(key, Shelf.HERE, random.nextInt(100));
            book.open(key, Shelf.MISSING, -random.nextInt(10));
        }
        return balances(book);
    }

    private static Movement<String, Shelf> anyMovement(Random random) {
        while (true) {
            Shelf from = SHELVES[random.nextInt(SHELVES.length)];
            Shelf to = SHELVES[random.nextInt(SHELVES.length)];
            String giver = from.edge() ? null : KEYS.get(random.nextInt(KEYS.size()));
            String taker = to.edge() ? null : KEYS.get(random.nextInt(KEYS.size()));
            if (from != to || giver != null && !giver.equals(taker)) {
                DocumentLine because = new DocumentLine(DocumentKind.STOCKTAKE, "ST-" + random.nextInt(), 1);
                return new Movement<>(Action.ADJUST, giver, from, taker, to, 1 + random.nextInt(20), because);
            }
        }
    }

    private static long throughTheEdge(Movement<String, Shelf> movement) {
        return (movement.from() == null ? movement.quantity() : 0) - (movement.to() == null ? movement.quantity() : 0);
    }

    private static Map<String, long[]> balances(Book<String, Shelf> book) {
        Map<String, long[]> balances = new HashMap<>();
        for (String key : KEYS) {
            balances.put(
                    key,
                    Arrays.stream(SHELVES)
                            .mapToLong(shelf -> book.balance(key, shelf))
                            .toArray());
        }
        return balances;
    }

    private static long total(Map<String, long[]> balances) {
        return balances.values().stream().flatMapToLong(Arrays::stream).sum();
    }

    private static void assertEveryBucketIsOnItsSide(Book<String, Shelf> book) {
        for (String key : KEYS) {
            assertThat(book.balance(key, Shelf.HERE)).isNotNegative();
            assertThat(book.balance(key, Shelf.PROMISED)).isNotNegative();
            assertThat(book.balance(key, Shelf.MISSING)).isNotPositive();
            assertThat(book.balance(key, Shelf.EXTERNAL)).isZero();
        }
    }

    private static void assertChangesAreTheDifference(Book<String, Shelf> book, Map<String, long[]> opening) {
        Map<String, long[]> now = balances(book);
        for (String key : KEYS) {
            long[] changes = book.changes().getOrDefault(key, new long[SHELVES.length]);
            for (Shelf shelf : SHELVES) {
                assertThat(changes[shelf.ordinal()])
                        .isEqualTo(now.get(key)[shelf.ordinal()] - opening.get(key)[shelf.ordinal()]);
            }
        }
    }
}
