/**
 * What a caller is told when a request is not carried out: RFC 9457 {@code application/problem+json} with a stable code.
 *
 * <p>Every failure on the way in or out ends here, so no endpoint answers a stack trace, a class name or an empty 500.
 */
package org.tierstock.runtime.problem;
