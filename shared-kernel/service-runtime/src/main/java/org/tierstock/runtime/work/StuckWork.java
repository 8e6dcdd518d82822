package org.tierstock.runtime.work;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a work cannot do at the moment: subjects set aside, so that the others go on, and when each is tried again. */
public interface StuckWork {
    /**
     * A subject set aside.
     *
     * @param subject a SKU, an order, a warehouse: whatever the work is done on
     * @param reason why it could not be done last time
     * @param since when it could not be done first, without having been done since
     * @param tries how often it could not be done
     * @param waits true until it is to be tried again
     */
    record SetAside(String work, String subject, String reason, Instant since, int tries, boolean waits) {}

    /**
     * How much is set aside of a work.
     *
     * @param since when the oldest could not be done first; null when nothing is set aside
     */
    record Extent(long count, Instant since) {
        static Extent of(Collection<SetAside> all) {
            return new Extent(
                    all.size(),
                    all.stream().map(SetAside::since).min(Instant::compareTo).orElse(null));
        }
    }

    /** What is set aside of a work, by subject: as it was a moment ago, and no more of it than is held. */
    Map<String, SetAside> of(String work);

    /** Those of these subjects that are set aside, whether they are held or not. */
    default Map<String, SetAside> of(String work, Collection<String> subjects) {
        Map<String, SetAside> found = new HashMap<>(of(work));
        found.keySet().retainAll(Set.copyOf(subjects));
        return found;
    }

    /**
     * How much is set aside of a work, for whoever only watches: as it was seen last, and asks nobody. Whoever is asked for the
     * figures answers also when the store does not.
     *
     * @return empty before it was seen first
     */
    default Optional<Extent> extent(String work) {
        return Optional.of(Extent.of(of(work).values()));
    }

    /**
     * What is set aside of a work, by subject, as it is now, and no more of it than is held.
     *
     * @throws RuntimeException when the store cannot be reached
     */
    Map<String, SetAside> look(String work);

    /** Sets a subject aside, for longer each time. */
    void setAside(String work, String subject, String reason);

    /**
     * Of what is set aside of a work, these are still due. What nobody has found so for twice the longest time that a subject
     * is left alone is due no more, and forgotten: were it due after all, it would be tried, and set aside again.
     */
    void due(String work, Collection<String> subjects);

    /** Forgets that these subjects were set aside: they have been done. */
    void done(String work, Collection<String> subjects);
}
