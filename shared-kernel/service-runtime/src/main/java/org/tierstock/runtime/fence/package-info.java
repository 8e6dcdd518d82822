/**
 * Until a layer knows that its database was not set back to a backup, it lets nothing in and does nothing (protocol 11.8):
 * no request changes anything, no message is taken, carried or worked on. Reads, health, metrics and the calls by which
 * layers compare and repair their histories stay open.
 */
package org.tierstock.runtime.fence;
