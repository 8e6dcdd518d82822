package org.tierstock.integration.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one input. */
final class Dice {
    /** Apart from each other for neighbouring inputs: the golden ratio in 64 bits. */
    private static final long APART = 0x9E37_79B9_7F4A_7C15L;

    private final SplittableRandom random;

    Dice(long seed, long input) {
        random = new SplittableRandom(seed * 31 + input * APART);
    }

    /** True once in so many throws. */
    boolean onceIn(int throwsOfTheDice) {
        return random.nextInt(throwsOfTheDice) == 0;
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return random.nextLong();
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
