package org.tierstock.runtime.history;

import java.util.List;

/** How a layer makes good what its database has lost. A service has one. */
public interface Rebuilder {
    /**
     * Has the effects of what was lost. It may be asked again with the same, wholly or in part: what was made good before
     * has no second effect.
     *
     * @return what could not be made good, a sentence each, for a person
     */
    List<String> rebuild(LostHistory lost);
}
