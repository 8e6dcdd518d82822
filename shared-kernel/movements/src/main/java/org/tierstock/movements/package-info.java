/**
 * The words that all layers must mean identically: stock is double-entry bookkeeping of goods.
 *
 * <p>Nothing sets a bucket. A {@link org.tierstock.movements.Movement} takes a quantity out of one bucket and puts it
 * into another, because of a {@link org.tierstock.movements.DocumentLine}; a {@link org.tierstock.movements.Book}
 * refuses every movement that would break the conservation law. A word is admitted here only if two services would be
 * wrong together when they understood it differently. No framework, no JSON, no SQL, no clock.
 */
package org.tierstock.movements;
