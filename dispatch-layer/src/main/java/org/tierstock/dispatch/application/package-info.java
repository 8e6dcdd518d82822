/**
 * What the dispatch layer does: one class a use case, named as a verb. The transaction begins here, once.
 *
 * <p>Every posting goes the same way: the SKUs' head rows are locked in SKU order, messages are admitted to the inbox, the
 * domain decides, documents are written, messages take their numbers, and last the stock rows and the ledger are written
 * in bulk. Warehouses are called outside of any transaction, by {@link org.tierstock.dispatch.application.LockAtWarehouses}
 * and {@link org.tierstock.dispatch.application.ReleaseAtWarehouses}; what has to be called is a row written before.
 */
package org.tierstock.dispatch.application;
