/**
 * Group commit: many callers' commands, one transaction, one fsync, an answer each.
 *
 * <p>Whatever queued while the last batch committed is the next batch, so an idle service adds no wait and a busy one
 * commits hundreds at once. Queues are bounded: over the bound the caller is told to come back, at once.
 * Callers have fair shares of the places and of each batch, and so have SKUs.
 */
package org.tierstock.runtime.posting;
