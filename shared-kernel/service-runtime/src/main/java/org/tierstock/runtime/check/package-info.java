/**
 * Audits and reconciliations as runs: begun by a person or a timer, one of a kind at a time, done in the background by one
 * replica, with a result to fetch.
 */
package org.tierstock.runtime.check;
