package org.tierstock.runtime.changes;

import java.util.List;

/** Where changes of masters and rules are recorded, for good. */
public interface Changes {
    /** Records changes in the transaction that makes them: they stand when it commits, and never existed otherwise. */
    void append(List<Change> changes);
}
