/** One entrance: whatever asks for an order, a payment or a cancellation, and by which protocol, posts in the same lanes. */
package org.tierstock.sales.adapter.in.posting;
