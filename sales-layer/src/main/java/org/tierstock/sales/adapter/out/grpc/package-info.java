/**
 * Calls to the dispatch layer. Each has a deadline; no answer means that nothing is known, and the same is asked again under
 * the same ids.
 */
package org.tierstock.sales.adapter.out.grpc;
