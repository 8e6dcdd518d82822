/**
 * What is physically where (仓库层): stock per warehouse, virtual warehouse, owner, SKU, batch, quality and location, and
 * the documents that move it.
 *
 * <p>Documents decide on the locked balances of a {@link org.tierstock.movements.Book} and answer outcomes; every change
 * of what is in the house is a message to the dispatch layer, posted with its movement. Nothing here knows a clock, a
 * database or a framework.
 */
package org.tierstock.warehouse.domain;
