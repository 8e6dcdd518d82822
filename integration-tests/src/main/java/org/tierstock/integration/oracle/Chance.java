package org.tierstock.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the clients of one history ask. They share what they ask about, so that they get into each other's way. */
final class Chance {
    /** Requests are about the latest so many orders. */
    private static final int LATEST = 48;

    private static final int MOST_UNITS = 5;

    private final SplittableRandom random;
    private final String name;
    private final List<String> orders = new ArrayList<>();
    private final List<Request> asked = new ArrayList<>();

    /**
     * The requests of one history.
     *
     * @param name tells the numbers of its documents from those of others
     */
    Chance(long seed, String name) {
        this.random = new SplittableRandom(seed);
        this.name = name;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    synchronized Request next() {
        Request request = orders.isEmpty() ? place() : any();
        asked.add(request);
        return request;
    }

    private Request any() {
        int kind = random.nextInt(100);
        if (kind < 36) {
            return place();
        }
        if (kind < 56) {
            String order = order();
            return new Request.Pay(order, order + "-P" + between(1, 2));
        }
        if (kind < 72) {
            String order = order();
            long units = random.nextInt(3) == 0 ? 0 : between(1, MOST_UNITS);
            return new Request.Cancel(order, order + "-X" + between(1, 3), units);
        }
        if (kind < 80) {
            return asked.get(asked.size() - between(1, Math.min(asked.size(), LATEST)));
        }
        if (kind < 82) {
            return new Request.Place(order(), between(1, MOST_UNITS));
        }
        return kind < 91 ? new Request.Look() : new Request.Show(order());
    }

    private Request place() {
        String order = name + '-' + orders.size();
        orders.add(order);
        return new Request.Place(order, between(1, MOST_UNITS));
    }

    private String order() {
        return orders.get(orders.size() - between(1, Math.min(orders.size(), LATEST)));
    }
}
