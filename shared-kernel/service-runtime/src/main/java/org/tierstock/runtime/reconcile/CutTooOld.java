package org.tierstock.runtime.reconcile;

/** What lies beyond the cut was purged, so that no position can be stated there. A fresh cut never is too old. */
public class CutTooOld extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CutTooOld(String message) {
        super(message);
    }
}
