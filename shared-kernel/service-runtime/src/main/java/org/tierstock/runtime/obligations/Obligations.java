package org.tierstock.runtime.obligations;

import java.util.List;

/** The kinds of what a layer owes. Each layer has its own, and the runtime those that all have. */
@FunctionalInterface
public interface Obligations {
    /** The same every time. */
    List<Obligation> kinds();
}
