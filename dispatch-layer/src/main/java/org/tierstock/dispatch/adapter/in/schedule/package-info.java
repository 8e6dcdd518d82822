/**
 * The jobs: each does in bounded batches what earlier transactions left to be done, on the partitions whose lease this
 * replica holds. Woken at once by the commit that creates the work, and by a timer in case that was missed.
 */
package org.tierstock.dispatch.adapter.in.schedule;
