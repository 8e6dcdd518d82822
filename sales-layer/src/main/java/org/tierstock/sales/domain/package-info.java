/**
 * What may be sold, and what an order does to it (销售层).
 *
 * <p>Decides everything and touches nothing: an order, a payment, a cancellation or a message is decided on the locked
 * balances of a {@link org.tierstock.movements.Book}, and every unit that changes its bucket is a movement posted there.
 * A refusal is a value. No clock, no random, no framework.
 */
package org.tierstock.sales.domain;
