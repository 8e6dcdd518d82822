package org.tierstock.dispatch.application.port;

import java.util.Optional;
import org.tierstock.dispatch.application.port.HandGrants.HandGrant;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.runtime.QueryPort;

/** Grants and revocations that people made, to look at. */
@QueryPort
public interface PromiseQueries {
    /** The grant that a person made under that number. */
    Optional<HandGrant> grant(String number);

    /** The revocation that a person asked for under that number, and what sales gave. */
    Optional<Revocation> revocation(String number);
}
