package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The calls between the layers. While one is under way other things happen. It may end without an answer, whether or not
 * it had an effect; its request may arrive long after its caller has given up, or twice.
 */
final class Calls {
    private final World world;
    private final List<Runnable> late = new ArrayList<>();

    Calls(World world) {
        this.world = world;
    }

    /**
     * Makes a call.
     *
     * @return empty when nothing is known
     * @throws Died when the caller died meanwhile
     */
    <A> Optional<A> call(Process caller, Supplier<A> callee) {
        int life = caller.lives();
        world.meanwhile();
        Optional<A> answer = answer(callee);
        world.meanwhile();
        if (caller.lives() != life) {
            throw new Died(caller.toString());
        }
        return answer;
    }

    private <A> Optional<A> answer(Supplier<A> callee) {
        Chance chance = world.chance();
        switch (world.peaceful() ? 9 : chance.below(12)) {
            case 0 -> {
                return Optional.empty();
            }
            case 1 -> {
                late.add(callee::get);
                return Optional.empty();
            }
            case 2 -> {
                late.add(callee::get);
                return attempt(callee);
            }
            case 3 -> {
                attempt(callee);
                return Optional.empty();
            }
            default -> {
                return attempt(callee);
            }
        }
    }

    private static <A> Optional<A> attempt(Supplier<A> callee) {
        try {
            return Optional.of(callee.get());
        } catch (Died e) {
            return Optional.empty();
        }
    }

    /** A request arrives that its caller no longer waits for. */
    void arriveLate() {
        if (!late.isEmpty()) {
            world.say("a late request arrives");
            late.remove(world.chance().below(late.size())).run();
        }
    }

    /** Every request that is still under way arrives. */
    void arriveAll() {
        while (!late.isEmpty()) {
            late.removeFirst().run();
        }
    }
}
