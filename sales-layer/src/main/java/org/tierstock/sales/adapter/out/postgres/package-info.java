/**
 * The sales layer's database. Stock and orders by hand-written statements, one per table and batch; channels, which are
 * slow master data, by Hibernate with Panache.
 *
 * <p>All stock rows are locked in the order of their ids, in one statement; whatever else a use case reads under a lock it
 * reads in a later statement, and so sees what was committed before the lock was had.
 *
 * <p>What is called for every order is a singleton: it needs no proxy, whose look-up would cost more than some of the work.
 */
package org.tierstock.sales.adapter.out.postgres;
