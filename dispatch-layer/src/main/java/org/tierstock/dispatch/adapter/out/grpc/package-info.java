/**
 * Calls to the warehouse layer. Each has a deadline; no answer means that nothing is known, and the same is asked again under
 * the same ids.
 */
package org.tierstock.dispatch.adapter.out.grpc;
