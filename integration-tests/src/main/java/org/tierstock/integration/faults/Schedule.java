package org.tierstock.integration.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What goes wrong in each round, as a seed has it. Everything has its turn: victims, harms and kinds of links are dealt
 * from shuffled decks.
 */
final class Schedule {
    private static final int KILLS_A_ROUND = 4;
    private static final int HARMS_A_ROUND = 22;

    /** One kill in so many takes two at once. */
    private static final int DOUBLE_ONE_IN = 4;

    /** In every so many rounds the broker loses its files. */
    private static final int LOST_STORE_EVERY = 3;

    /** The first of these rounds. */
    static final int FIRST_LOST_STORE = 2;

    private static final int LEAST_TRADE_MILLIS = 3_000;
    private static final int MOST_TRADE_MILLIS = 7_000;
    private static final int LEAST_DEAD_MILLIS = 100;
    private static final int MOST_DEAD_MILLIS = 2_000;
    private static final int LEAST_STILL_MILLIS = 500;
    private static final int MOST_STILL_MILLIS = 5_000;
    private static final int MOST_PEACE_MILLIS = 700;
    private static final int LEAST_HARM_MILLIS = 200;
    private static final int MOST_HARM_MILLIS = 2_500;

    /** Which two sorts of processes a link joins. */
    private enum Way {
        CLIENT_TO_SERVICE,
        SERVICE_TO_DATABASE,
        SERVICE_TO_BROKER,
        SERVICE_TO_SERVICE;

        static Way of(Link link) {
            if (link.caller().equals(Links.CLIENT)) {
                return CLIENT_TO_SERVICE;
            }
            return switch (link.called()) {
                case "postgres" -> SERVICE_TO_DATABASE;
                case "broker" -> SERVICE_TO_BROKER;
                default -> SERVICE_TO_SERVICE;
            };
        }
    }

    /**
     * A round's faults. Those of processes come one after the other, and beside them those of the network.
     */
    record Round(List<Fault> processes, List<Fault.Network> network) {
        Round {
            processes = List.copyOf(processes);
            network = List.copyOf(network);
        }

        boolean kills(String process) {
            return processes.stream()
                    .anyMatch(fault ->
                            fault instanceof Fault.Kill kill && kill.victims().contains(process));
        }
    }

    private final SplittableRandom random;
    private final List<Link> severed;
    private int rounds;
    private final Deck<String> victims;
    private final Deck<String> stalled;
    private final Deck<Way> ways;
    private final Deck<Harm> harms;
    private final Map<Way, Deck<Link>> links = new EnumMap<>(Way.class);

    Schedule(long seed, List<String> processes, List<Link> links) {
        this.random = new SplittableRandom(seed);
        this.severed = severed(links);
        this.victims = new Deck<>(processes);
        this.stalled = new Deck<>(processes);
        this.harms = new Deck<>(List.of(Harm.values()));
        for (Way way : Way.values()) {
            List<Link> ofWay = links.stream()
                    .filter(link -> Way.of(link) == way && !severed.contains(link))
                    .toList();
            if (!ofWay.isEmpty()) {
                this.links.put(way, new Deck<>(ofWay));
            }
        }
        this.ways = new Deck<>(List.copyOf(this.links.keySet()));
    }

    /**
     * The ways of one replica to one other layer, which are closed for the whole run: another replica of its layer has its
     * own. None when no layer has two.
     */
    List<Link> severed() {
        return severed;
    }

    private List<Link> severed(List<Link> links) {
        Map<String, List<Link>> ways = new TreeMap<>();
        for (Link link : links) {
            boolean hasAnother = links.stream()
                    .anyMatch(other -> layer(other.caller()).equals(layer(link.caller()))
                            && !other.caller().equals(link.caller()));
            if (Way.of(link) == Way.SERVICE_TO_SERVICE && hasAnother) {
                ways.computeIfAbsent(link.caller() + ">" + layer(link.called()), way -> new ArrayList<>())
                        .add(link);
            }
        }
        return ways.isEmpty()
                ? List.of()
                : List.copyOf(List.copyOf(ways.values()).get(random.nextInt(ways.size())));
    }

    private static String layer(String process) {
        int dash = process.indexOf('-');
        return dash < 0 ? process : process.substring(0, dash);
    }

    /** What goes wrong next. */
    Round next() {
        List<Fault> processes = new ArrayList<>();
        for (int i = 0; i < KILLS_A_ROUND; i++) {
            processes.add(kill());
        }
        processes.add(
                random.nextInt(processes.size() + 1),
                new Fault.Stall(stalled.deal(), millis(LEAST_STILL_MILLIS, MOST_STILL_MILLIS)));
        if (++rounds % LOST_STORE_EVERY == FIRST_LOST_STORE) {
            processes.add(
                    random.nextInt(processes.size() + 1),
                    new Fault.LostStore(
                            millis(LEAST_TRADE_MILLIS, MOST_TRADE_MILLIS),
                            millis(LEAST_DEAD_MILLIS, MOST_DEAD_MILLIS)));
        }
        List<Fault.Network> network = new ArrayList<>();
        for (int i = 0; i < HARMS_A_ROUND; i++) {
            network.add(new Fault.Network(
                    links.get(ways.deal()).deal(),
                    harms.deal(),
                    millis(0, MOST_PEACE_MILLIS),
                    millis(LEAST_HARM_MILLIS, MOST_HARM_MILLIS),
                    random.nextLong()));
        }
        return new Round(processes, network);
    }

    private Fault.Kill kill() {
        List<String> together = new ArrayList<>();
        together.add(victims.deal());
        if (random.nextInt(DOUBLE_ONE_IN) == 0) {
            String second = victims.deal();
            if (!together.contains(second)) {
                together.add(second);
            }
        }
        return new Fault.Kill(
                together, millis(LEAST_TRADE_MILLIS, MOST_TRADE_MILLIS), millis(LEAST_DEAD_MILLIS, MOST_DEAD_MILLIS));
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }

    /** Deals all of its cards in a random order, and begins again. */
    private final class Deck<T> {
        private final List<T> cards;
        private final Deque<T> left = new ArrayDeque<>();

        Deck(List<T> cards) {
            this.cards = List.copyOf(cards);
        }

        T deal() {
            if (left.isEmpty()) {
                List<T> shuffled = new ArrayList<>(cards);
                for (int i = shuffled.size() - 1; i > 0; i--) {
                    Collections.swap(shuffled, i, random.nextInt(i + 1));
                }
                left.addAll(shuffled);
            }
            return left.removeFirst();
        }
    }
}
