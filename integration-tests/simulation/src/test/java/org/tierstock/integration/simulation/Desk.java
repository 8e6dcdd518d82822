package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where commands of one kind are handed in: several at a time, which are posted together, and again those whose answer did
 * not come.
 *
 * @param <C> the command; its document number makes it idempotent
 */
final class Desk<C> {
    private static final int REMEMBERED = 30;

    private final World world;
    private final Function<List<C>, ? extends List<?>> layer;
    private final Set<Class<?>> kept;
    private final Map<C, Object> answers = new HashMap<>();
    private final List<C> before = new ArrayList<>();

    /**
     * A desk of a layer.
     *
     * @param kept the outcomes that are answered alike for ever
     */
    Desk(World world, Function<List<C>, ? extends List<?>> layer, Set<Class<?>> kept) {
        this.world = world;
        this.layer = layer;
        this.kept = Set.copyOf(kept);
    }

    void handIn(List<C> commands) {
        if (commands.isEmpty()) {
            return;
        }
        List<C> together = new ArrayList<>(commands);
        if (!before.isEmpty() && world.chance().onceIn(8)) {
            together.add(world.chance().any(before));
        }
        before.addAll(commands);
        while (before.size() > REMEMBERED) {
            before.removeFirst();
        }
        post(world.group(together));
    }

    /** A command that was handed in before comes again. */
    void again() {
        if (!before.isEmpty()) {
            post(List.of(world.chance().any(before)));
        }
    }

    private void post(List<C> commands) {
        commands.forEach(command -> world.say(command.toString()));
        List<?> outcomes = layer.apply(commands);
        world.say("  -> "
                + outcomes.stream()
                        .map(outcome -> outcome.getClass().getSimpleName())
                        .toList());
        for (int i = 0; i < commands.size(); i++) {
            compare(commands.get(i), outcomes.get(i));
        }
    }

    private void compare(C command, Object answer) {
        Object first = kept.contains(answer.getClass()) ? answers.putIfAbsent(command, answer) : answers.get(command);
        if (first != null && first.getClass() != answer.getClass()) {
            throw new EquationBroken("An answer is kept", command + " was answered " + first + ", and then " + answer);
        }
    }
}
