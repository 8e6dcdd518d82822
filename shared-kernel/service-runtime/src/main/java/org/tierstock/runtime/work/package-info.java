/**
 * Work that follows a commit: announced in the transaction that creates it, done by a loop that holds the lease.
 *
 * <p>An announcement only wakes; the row that the transaction wrote is what a job looks for, so nothing is lost when the
 * announcement is.
 */
package org.tierstock.runtime.work;
