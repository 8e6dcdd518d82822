/**
 * What the sales layer does, one class a verb.
 *
 * <p>The transaction begins and ends with the public method. Hot use cases take a batch: the touched stock rows are locked
 * in one order, the domain decides each command in turn on the balances in memory, and everything is written in bulk.
 * Nothing remote happens inside a transaction; a caller is answered after its commit.
 */
package org.tierstock.sales.application;
