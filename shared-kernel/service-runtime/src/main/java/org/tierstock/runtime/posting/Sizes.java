package org.tierstock.runtime.posting;

import java.util.List;

/**
 * Counts the lines that posting commands touches, where a command names a document and the database alone knows how many lines
 * that has. Asked once for a batch, in its lane.
 *
 * @param <C> a command
 */
@FunctionalInterface
public interface Sizes<C> {
    /** See {@link #asTold}. */
    Sizes<?> AS_TOLD = commands -> List.of();

    /** Of each of these commands, in the same order; fewer than the command itself tells do not count. */
    List<Integer> of(List<C> commands);

    /** Where the commands themselves tell: nobody is asked. */
    @SuppressWarnings("unchecked")
    static <C> Sizes<C> asTold() {
        return (Sizes<C>) AS_TOLD;
    }
}
