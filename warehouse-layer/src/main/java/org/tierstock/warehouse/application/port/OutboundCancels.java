package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.warehouse.domain.OutboundCancel;

/** The cancel requests that were answered. */
public interface OutboundCancels {
    /** A request's number within its outbound: what it is known by. */
    record Request(String outbound, String request) {
        /** The key of a cancel. */
        public static Request of(OutboundCancel cancel) {
            return new Request(cancel.outbound(), cancel.request());
        }
    }

    /** An answered request. */
    record Answer(OutboundCancel cancel, long released) {}

    /** How many units these requests released; an unanswered one is not in it. */
    Map<Request, Long> released(Collection<Request> requests);

    /** Stores answers, to be repeated for ever. */
    void add(Collection<Answer> answers);
}
