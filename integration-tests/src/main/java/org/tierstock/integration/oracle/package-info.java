/**
 * The sequential oracle: what many clients were answered at once about one stock key must be what a plain model answers
 * one request at a time, in some order that respects who ended before whom began.
 *
 * <p>For what moved stock the order is no matter of search: the ledger is the witness. The model and the check know nothing
 * of the product's code.
 */
package org.tierstock.integration.oracle;
