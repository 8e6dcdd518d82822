/**
 * The sales service with an opponent beside it: the naive transaction, one order each, over the same server, the same
 * messages, the same identity and the same database. Only benchmarks run it.
 */
package org.tierstock.benchmark;
