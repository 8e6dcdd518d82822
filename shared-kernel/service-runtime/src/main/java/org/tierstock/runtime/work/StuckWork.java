package org.tierstock.runtime.work;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

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
     * What is set aside of a work, by subject: as it was a moment ago. All of it is held, some hundred bytes each: as many as
     * have failed, each by itself.
     */
    Map<String, SetAside> of(String work);

    /** The same for whoever only watches: it takes nothing that a work needs. */
    default Map<String, SetAside> shown(String work) {
        return of(work);
    }

    /**
     * What is set aside of a work, by subject, as it is now.
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
