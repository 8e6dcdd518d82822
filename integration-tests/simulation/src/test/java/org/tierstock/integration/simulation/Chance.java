package org.tierstock.integration.simulation;

import java.util.List;
import java.util.Random;

/** The dice of one step. Whatever a step decides by chance comes from the history's seed and the step's number alone. */
final class Chance {
    private final Random random;

    private Chance(long seed) {
        this.random = new Random(seed);
    }

    static Chance of(long seed, int step) {
        return new Chance(scrambled(seed * 0x9e3779b97f4a7c15L + step));
    }

    /** Neighbouring seeds would begin with similar numbers. */
    private static long scrambled(long seed) {
        long mixed = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** True once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** 0 to one less than the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** 1 to the most. */
    long upTo(long most) {
        return 1 + random.nextInt((int) most);
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
