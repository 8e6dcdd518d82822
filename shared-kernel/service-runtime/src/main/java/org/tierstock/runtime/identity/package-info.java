/**
 * Who calls, and what they may do (S115): deny by default, roles by endpoint, scopes by channel, warehouse and owner.
 *
 * <p>A bearer token is verified once and remembered until it expires ({@link VerifiedTokens}), because the check of a
 * signature on every call would cost more than the call.
 */
package org.tierstock.runtime.identity;
