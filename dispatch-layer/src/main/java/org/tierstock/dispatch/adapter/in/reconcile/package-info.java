/** What a reconciliation with the warehouses asks of this layer. */
package org.tierstock.dispatch.adapter.in.reconcile;
