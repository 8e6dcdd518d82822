/**
 * The whole of Tierstock on one machine: PostgreSQL, a broker and the three services as processes of their own.
 *
 * <p>Everything listens on the loopback address only, asks for credentials, keeps what it acknowledged through a kill,
 * and ends with the launcher, however the launcher ends.
 */
package org.tierstock.local;
