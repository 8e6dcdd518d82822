/**
 * A layer whose database was set back to a backup notices it, stays fenced and can be repaired from what its peers know
 * (protocol 11.8). Each side says what it has seen of the other one's transactions; the one that does not know a
 * transaction that a peer has seen was set back.
 */
package org.tierstock.runtime.history;
