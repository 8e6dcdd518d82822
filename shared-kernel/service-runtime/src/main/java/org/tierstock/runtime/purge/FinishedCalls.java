package org.tierstock.runtime.purge;

import java.util.List;
import org.tierstock.movements.StreamPosition;

/** A layer whose calls are numbered has one bean of it. */
public interface FinishedCalls {
    /** For each series of calls the number up to which all are answered, empty and without an open request. */
    List<StreamPosition> finished();
}
