package org.tierstock.runtime.posting;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;

/** The transaction may or may not have been committed. The caller asks again with the same document number. */
public final class OutcomeUnknown extends RuntimeException {
    public OutcomeUnknown(Throwable cause) {
        super("The outcome is not known; ask again with the same number", cause);
    }

    /**
     * Whether a failure comes from the transaction manager's commit. Then it may have happened: the database can be gone
     * after it has committed and before it says so. The container wraps these exceptions, since no use case declares them.
     */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RollbackException
                    || cause instanceof SystemException
                    || cause instanceof HeuristicMixedException
                    || cause instanceof HeuristicRollbackException) {
                return true;
            }
        }
        return false;
    }
}
