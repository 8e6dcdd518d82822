/** The fast path for channel platforms. */
package org.tierstock.sales.adapter.in.grpc;
