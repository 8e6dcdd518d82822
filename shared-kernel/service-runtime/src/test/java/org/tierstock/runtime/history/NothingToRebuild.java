package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A service has one rebuilder; these tests are none that has lost anything. */
@ApplicationScoped
class NothingToRebuild implements Rebuilder {
    @Override
    public List<String> rebuild(LostHistory lost) {
        return List.of();
    }
}
