/**
 * What the warehouse layer does, one class a verb. A use case takes a batch, begins the transaction, locks the touched
 * heads in key order, lets the documents decide one by one on the balances in memory, and writes everything in bulk.
 */
package org.tierstock.warehouse.application;
