/**
 * Plumbing written once for all services: group commit, outbox and inbox, leases, ledger, security, problems, paging.
 *
 * <p>It knows no layer. Application classes may use the interfaces and values of {@code exchange}, {@code documents},
 * {@code clock} and {@code work}; the rest is for adapters.
 */
package org.tierstock.runtime;
