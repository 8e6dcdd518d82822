/**
 * What the tests of a service stand on: a real PostgreSQL with the real migrations and rights, and fakes of the runtime
 * that commit and roll back as it does.
 *
 * <p>A port's contract is written once, against {@link org.tierstock.testing.Transactions}, and run on both.
 */
package org.tierstock.testing;
