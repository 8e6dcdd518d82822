/**
 * What the dispatch layer decides: which node backs which promise, and which node serves which order line.
 *
 * <p>Every gain or loss of a node's available stock goes through {@code put} and {@code take} of
 * {@link org.tierstock.dispatch.domain.StockOfSku}, so that free stock and a deficit never stand side by side, and so that
 * messages may be applied in any order. Nothing here knows a database, a clock or a random number.
 */
package org.tierstock.dispatch.domain;
