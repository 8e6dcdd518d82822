/**
 * Numbered messages between the layers: written with their movement, carried at least once, applied exactly once.
 *
 * <p>The outbox row is written in the transaction of the movement that it reports; the inbox row in the transaction of
 * its effect. Carriers may repeat, delay and reorder. What cannot be applied is parked with its reason, never dropped.
 */
package org.tierstock.runtime.exchange;
