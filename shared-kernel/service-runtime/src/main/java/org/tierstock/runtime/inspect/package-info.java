/**
 * What every layer shows to those who run it, in the same form: its movements, its audit against the ledger, its streams
 * and the messages that wait for a person.
 */
package org.tierstock.runtime.inspect;
