package org.tierstock.runtime.work;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a work takes at once of lines that wait: those that wait longest, but of one document at most a quarter of the batch while
 * others wait. So a document of many lines holds up nobody behind it, and goes on with each batch.
 */
public final class FairBatch {
    /** Finds what waits. */
    @FunctionalInterface
    public interface Waiting<S> {
        /**
         * Those that wait longest.
         *
         * @param without documents whose lines are left out
         * @param limit how many at most
         */
        List<S> find(Set<String> without, int limit);
    }

    private FairBatch() {}

    /**
     * The next batch: as many as wait, at most {@code limit}. While no document has more than its share of what waits longest, that
     * takes one look.
     *
     * @param document which document a line belongs to
     */
    public static <S> List<S> of(int limit, Function<? super S, String> document, Waiting<S> waiting) {
        int share = Math.max(1, limit / 4);
        Set<String> longOnes = new HashSet<>();
        List<S> taken = new ArrayList<>();
        List<S> heldBack = new ArrayList<>();
        while (taken.size() < limit) {
            int room = limit - taken.size();
            List<S> found = waiting.find(longOnes, room);
            List<List<S>> tooLong = found.size() < room
                    ? List.of()
                    : found.stream()
                            .collect(groupingBy(document, LinkedHashMap::new, Collectors.toList()))
                            .values()
                            .stream()
                            .filter(lines -> lines.size() > share)
                            .toList();
            if (tooLong.isEmpty()) {
                taken.addAll(found);
                break;
            }
            for (List<S> lines : tooLong) {
                longOnes.add(document.apply(lines.getFirst()));
                taken.addAll(lines.subList(0, share));
                heldBack.addAll(lines.subList(share, lines.size()));
            }
        }
        taken.addAll(heldBack.subList(0, Math.min(heldBack.size(), limit - taken.size())));
        return taken;
    }
}
