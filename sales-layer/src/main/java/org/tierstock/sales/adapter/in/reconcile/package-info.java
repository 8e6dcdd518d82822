/** What a reconciliation with dispatch asks of this layer. */
package org.tierstock.sales.adapter.in.reconcile;
